// The kill switch of a system: no new exchange, at once.
import type { System } from "@pointbridge/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { type ReactNode, useState } from "react";
import { client, IfMay } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { StatusMark, VerbDialog } from "../parts/index.ts";
import { toInput } from "./whole-system.ts";

export function SwitchSystem({ system }: { readonly system: System }): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const isActive = system.status === "active";
  const id = system.system_id;
  const run = async () => {
    // What stands now is what is changed, not what was read a while ago.
    const current = await client.systems.get(id);
    await client.systems.put(id, toInput(current, { status: isActive ? "suspended" : "active" }));
  };
  const finish = () => {
    void message.success(t(isActive ? "network.suspended" : "network.resumed", { system: id }));
    void queries.invalidateQueries();
    setIsOpen(false);
  };
  return (
    <IfMay ability="administer">
      <Button danger={isActive} onClick={() => setIsOpen(true)}>
        {t(isActive ? "network.suspend" : "network.resume")}
      </Button>
      {isOpen ? (
        <VerbDialog
          title={t(isActive ? "network.suspendTitle" : "network.resumeTitle", { system: id })}
          verb={t(isActive ? "network.suspend" : "network.resume")}
          isDanger={isActive}
          phrase={id}
          run={run}
          onDone={finish}
          onCancel={() => setIsOpen(false)}
        >
          <p>{t(isActive ? "network.suspendIntro" : "network.resumeIntro")}</p>
          <p className="preview">
            <b>{id}</b> {system.name} · <StatusMark status={system.status} /> →{" "}
            <StatusMark status={isActive ? "suspended" : "active"} />
          </p>
        </VerbDialog>
      ) : null}
    </IfMay>
  );
}
