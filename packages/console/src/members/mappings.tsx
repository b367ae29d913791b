// Who a member is in other systems, and pointing them elsewhere.
import { type Mapping, newOperationId, PointbridgeError, type Link as SystemLink } from "@pointbridge/sdk";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input } from "antd";
import { type ReactNode, useId, useState } from "react";
import { client, IfMay } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Loaded, Nothing, Panel, VerbDialog, When } from "../parts/index.ts";

interface Place {
  readonly source: string;
  readonly target: string;
  readonly mapping: Mapping | undefined;
}

async function readMapping(link: SystemLink, userId: string): Promise<Place> {
  const { source_system: source, target_system: target } = link;
  try {
    const key = { source_system: source, source_user_id: userId, target_system: target };
    return { source, target, mapping: await client.mappings.get(key) };
  } catch (error) {
    if (error instanceof PointbridgeError && error.status === 404)
      return { source, target, mapping: undefined };
    throw error;
  }
}

async function readPlaces(userId: string, systems: readonly string[]): Promise<Place[]> {
  const links = await client.links.list({ limit: 1000 }).toArray();
  const mapped = links.filter(
    (link) => link.user_mapping === "mapped" && systems.includes(link.source_system),
  );
  return Promise.all(mapped.slice(0, 50).map((link) => readMapping(link, userId)));
}

interface RepointProps {
  readonly userId: string;
  readonly place: Place;
  readonly onClose: () => void;
}

function Repoint({ userId, place, onClose }: RepointProps): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [targetUser, setTargetUser] = useState("");
  // Made once, so that sending again is the same request.
  const [operationId] = useState(() => newOperationId());
  const fieldId = useId();
  const { source, target, mapping } = place;
  const wanted = targetUser.trim();
  const run = () =>
    client.mappings.put({
      operation_id: operationId,
      source_system: source,
      source_user_id: userId,
      target_system: target,
      target_user_id: wanted,
      replace: mapping !== undefined,
    });
  const finish = () => {
    void message.success(t("members.repointed"));
    void queries.invalidateQueries({ queryKey: ["mappings"] });
    onClose();
  };
  return (
    <VerbDialog
      title={t("members.repointTitle", { user: userId })}
      verb={t("members.repoint")}
      isDanger={mapping !== undefined}
      isBlocked={wanted === "" || wanted === mapping?.target_user_id}
      {...(mapping === undefined || wanted === "" ? {} : { phrase: wanted })}
      run={run}
      onDone={finish}
      onCancel={onClose}
    >
      <p>{t("members.repointIntro")}</p>
      <p className="preview">
        {source} · {userId} → {target} ·{" "}
        {mapping === undefined ? null : <span className="diff-old">{mapping.target_user_id}</span>}{" "}
        <b>{wanted === "" ? "…" : wanted}</b>
      </p>
      <div className="field">
        <label htmlFor={fieldId}>{t("members.newTarget", { system: target })}</label>
        <Input
          id={fieldId}
          value={targetUser}
          onChange={(event) => setTargetUser(event.target.value)}
          autoComplete="off"
        />
      </div>
    </VerbDialog>
  );
}

interface MappingsProps {
  readonly userId: string;
  readonly systems: readonly string[];
}

export function Mappings({ userId, systems }: MappingsProps): ReactNode {
  const { t } = useTexts();
  const [open, setOpen] = useState<Place | undefined>(undefined);
  const query = useQuery({
    queryKey: ["mappings", userId, systems],
    queryFn: () => readPlaces(userId, systems),
  });
  return (
    <Panel title={t("members.mappings")} note={t("members.mappingsNote")}>
      <Loaded query={query} rows={2}>
        {(places) =>
          places.length === 0 ? (
            <Nothing title={t("members.noMappings")} />
          ) : (
            places.map((place) => (
              <div className="key-row" key={`${place.source}>${place.target}`}>
                <span>
                  {place.source} <span className="route-arrow">→</span> {place.target}{" "}
                  {place.mapping === undefined ? (
                    <span className="faint">{t("members.noMappings")}</span>
                  ) : (
                    <>
                      <b>{place.mapping.target_user_id}</b>{" "}
                      <span className="faint">
                        <When at={place.mapping.updated_at} />
                      </span>
                    </>
                  )}
                </span>
                <IfMay ability="operate">
                  <Button size="small" onClick={() => setOpen(place)}>
                    {place.mapping === undefined ? t("members.addMapping") : t("members.repoint")}
                  </Button>
                </IfMay>
              </div>
            ))
          )
        }
      </Loaded>
      {open === undefined ? null : (
        <Repoint userId={userId} place={open} onClose={() => setOpen(undefined)} />
      )}
    </Panel>
  );
}
