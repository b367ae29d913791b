// The audit log: its newest checkpoint, an operation's entries with their proofs, a checkpoint that somebody kept. All
// is computed in the browser; where the browser can't, the page says so and shows no mark.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTexts } from "../i18n/index.ts";
import { Fingerprint } from "../network/index.ts";
import {
  Facts,
  Finder,
  Identifier,
  Loaded,
  Mark,
  Nothing,
  Page,
  Panel,
  useFormats,
  VerbDialog,
  When,
} from "../parts/index.ts";
import { keepSeen, type Checkpoint as SeenCheckpoint } from "./checkpoint.ts";
import { isWell, type Newest, readNewest } from "./checks.ts";
import { GrowthMark } from "./growth-mark.tsx";
import { KeptCheckpoint, WholeLog } from "./more-checks.tsx";
import { ProvenOperation } from "./proven-operation.tsx";

/** A log that does not continue what this browser saw stays marked until somebody has looked into it. */
function BeginAnew({ checkpoint }: { readonly checkpoint: SeenCheckpoint }): ReactNode {
  const { t } = useTexts();
  const queries = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const finish = () => {
    void queries.invalidateQueries({ queryKey: ["audit"] });
    setIsOpen(false);
  };
  return (
    <>
      <Button size="small" onClick={() => setIsOpen(true)}>
        {t("audit.beginAnew")}
      </Button>
      {isOpen ? (
        <VerbDialog
          title={t("audit.beginAnew")}
          verb={t("audit.beginAnew")}
          isDanger
          phrase={String(checkpoint.size)}
          run={async () => keepSeen(checkpoint)}
          onDone={finish}
          onCancel={() => setIsOpen(false)}
        >
          <p>{t("audit.beginAnewIntro")}</p>
        </VerbDialog>
      ) : null}
    </>
  );
}

function Checkpoint({ newest }: { readonly newest: Newest }): ReactNode {
  const { t } = useTexts();
  const { count } = useFormats();
  const { checkpoint, signer, since } = newest;
  const root = [...checkpoint.root].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return (
    <>
      <p className="check-marks">
        <Mark tone={signer === undefined ? "bad" : "good"}>
          {t(signer === undefined ? "audit.unsigned" : "audit.signed")}
        </Mark>
        {since === undefined ? (
          <Mark tone="calm">{t("audit.firstLook")}</Mark>
        ) : (
          <>
            <GrowthMark growth={since.growth} size={since.size} />
            {isWell(since.growth) || signer === undefined ? null : <BeginAnew checkpoint={checkpoint} />}
          </>
        )}
      </p>
      <Facts
        facts={[
          [t("audit.origin"), checkpoint.origin],
          [t("audit.size"), count(checkpoint.size)],
          [t("audit.root"), <Identifier key="root" value={root} />],
          [t("audit.at"), <When key="at" at={newest.at} />],
          [t("audit.signer"), signer === undefined ? "–" : <Fingerprint key="signer" publicKey={signer} />],
        ]}
      />
      <details className="raw">
        <summary>{t("audit.note")}</summary>
        <p className="panel-note">{t("audit.keepIt")}</p>
        <pre tabIndex={0}>{checkpoint.note}</pre>
      </details>
    </>
  );
}

function NewestCheckpoint(): ReactNode {
  const { t } = useTexts();
  const query = useQuery({ queryKey: ["audit", "newest"], queryFn: readNewest, refetchInterval: 60_000 });
  const isMissing = query.error !== null && "status" in query.error && query.error.status === 404;
  return (
    <Panel title={t("audit.newest")} note={t("audit.newestNote")}>
      {isMissing && query.data === undefined ? (
        <Nothing
          title={t("audit.none")}
          hint={t("audit.noneHint")}
          action={
            <Button size="small" onClick={() => void query.refetch()}>
              {t("parts.tryAgain")}
            </Button>
          }
          isSmall
        />
      ) : (
        <Loaded query={query} rows={5}>
          {(newest) =>
            newest === undefined ? (
              <Mark tone="bad">{t("audit.unreadable")}</Mark>
            ) : (
              <Checkpoint newest={newest} />
            )
          }
        </Loaded>
      )}
    </Panel>
  );
}

export function Audit(): ReactNode {
  const { t } = useTexts();
  const { operation } = useSearch({ from: "/audit" });
  const navigate = useNavigate();
  return (
    <Page title={t("audit.title")} intro={t("audit.intro")}>
      {isSecureContext ? (
        <>
          <Panel title={t("audit.ofOperation")} note={t("audit.ofOperationNote")}>
            <Finder
              found={operation}
              label={t("audit.operation")}
              action={t("audit.prove")}
              onFind={(text) => void navigate({ to: "/audit", search: { operation: text } })}
            />
            {operation === undefined ? null : <ProvenOperation key={operation} operationId={operation} />}
          </Panel>
          <NewestCheckpoint />
        </>
      ) : (
        <p className="warn-note">{t("audit.insecure")}</p>
      )}
      <div className="grid-2">
        {isSecureContext ? <KeptCheckpoint /> : null}
        <WholeLog />
      </div>
    </Page>
  );
}
