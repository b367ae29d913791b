// What this node signs with: fingerprints, the set for partners, rotation.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { type ReactNode, useState } from "react";
import { client, IfMay } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Fingerprint } from "../network/index.ts";
import { CopyButton, Loaded, Mark, Page, Panel, VerbDialog } from "../parts/index.ts";

function Rotate(): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const finish = () => {
    void message.success(t("settings.rotated"));
    void queries.invalidateQueries({ queryKey: ["keys"] });
    setIsOpen(false);
  };
  return (
    <IfMay ability="administer">
      <Button onClick={() => setIsOpen(true)}>{t("settings.rotate")}</Button>
      {isOpen ? (
        <VerbDialog
          title={t("settings.rotateTitle")}
          verb={t("settings.rotate")}
          isDanger
          phrase={t("settings.rotatePhrase")}
          run={() => client.keys.rotate()}
          onDone={finish}
          onCancel={() => setIsOpen(false)}
        >
          <p>{t("settings.rotateIntro")}</p>
        </VerbDialog>
      ) : null}
    </IfMay>
  );
}

export function SigningKeys(): ReactNode {
  const { t } = useTexts();
  const query = useQuery({ queryKey: ["keys"], queryFn: () => client.keys.list() });
  return (
    <Page title={t("settings.keysTitle")} intro={t("settings.keysIntro")} actions={<Rotate />}>
      <Loaded query={query}>
        {({ keys }) => {
          const json = JSON.stringify({ keys }, null, 2);
          return (
            <>
              <Panel>
                {keys.map((key, index) => (
                  <div className="key-row" key={key.x}>
                    <Fingerprint publicKey={key} />
                    <Mark tone={index === 0 ? "good" : "plain"}>
                      {t(index === 0 ? "settings.active" : "settings.retiring")}
                    </Mark>
                  </div>
                ))}
              </Panel>
              <Panel
                title={t("settings.publicSet")}
                note={t("settings.publicSetNote")}
                extra={<CopyButton value={json} />}
              >
                <div className="raw">
                  <pre tabIndex={0}>{json}</pre>
                </div>
              </Panel>
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
