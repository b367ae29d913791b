// One system: how it does, its keys, what its points are called, its links, and the kill switch.
import type { System } from "@pointbridge/sdk";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button, Input } from "antd";
import { type ReactNode, useState } from "react";
import { client, IfMay } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { type Fact, Facts, Loaded, Page, Panel, StatusMark, useFormats, When } from "../parts/index.ts";
import { Fingerprint } from "./fingerprint.tsx";
import { GoingLive } from "./going-live.tsx";
import { Health } from "./health.tsx";
import { SwitchSystem } from "./switch-system.tsx";

function Keys({ system }: { readonly system: System }): ReactNode {
  const { t } = useTexts();
  const keys = system.keys?.keys ?? [];
  return (
    <Panel title={t("network.keys")}>
      {keys.length === 0 ? <p className="faint">{t("network.noKeys")}</p> : null}
      {keys.map((key) => (
        <div className="key-row" key={key.x}>
          <Fingerprint publicKey={key} />
          <span className="faint">{key.crv}</span>
        </div>
      ))}
    </Panel>
  );
}

function CreditTypes({ systemId }: { readonly systemId: string }): ReactNode {
  const { t } = useTexts();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const query = useQuery({
    queryKey: ["credit-types", systemId],
    queryFn: () => client.creditTypes.list(systemId, { limit: 1000 }).toArray(),
  });
  const add = async () => {
    await client.creditTypes.put(systemId, name.trim(), { name: name.trim() });
    setName("");
    await queries.invalidateQueries({ queryKey: ["credit-types", systemId] });
  };
  return (
    <Panel title={t("network.creditTypes")}>
      <Loaded query={query} rows={1}>
        {(types) => (
          <>
            {types.length === 0 ? <p className="faint">{t("network.noCreditTypes")}</p> : null}
            <ul className="plain-list">
              {types.map((type) => (
                <li key={type.credit_type_id}>
                  <b>{type.credit_type_id}</b>{" "}
                  {type.name === type.credit_type_id ? null : <span className="faint">{type.name}</span>}
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
      <IfMay ability="administer">
        <div className="member-search">
          <Input
            aria-label={t("network.creditType")}
            placeholder={t("network.creditType")}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Button
            disabled={!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name.trim())}
            onClick={() => void add()}
          >
            {t("network.addCreditType")}
          </Button>
        </div>
      </IfMay>
    </Panel>
  );
}

function LinksOf({ systemId }: { readonly systemId: string }): ReactNode {
  const { t } = useTexts();
  const query = useQuery({
    queryKey: ["links"],
    queryFn: () => client.links.list({ limit: 1000 }).toArray(),
  });
  return (
    <Panel title={t("network.linksOf")} extra={<Link to="/links">{t("parts.all")}</Link>}>
      <Loaded query={query} rows={2}>
        {(links) => (
          <ul className="plain-list">
            {links
              .filter((link) => link.source_system === systemId || link.target_system === systemId)
              .map((link) => (
                <li key={`${link.source_system}>${link.target_system}`}>
                  {link.source_system} <span className="route-arrow">→</span> {link.target_system}{" "}
                  <StatusMark status={link.enabled ? "enabled" : "disabled"} />
                </li>
              ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  );
}

function useFacts(system: System): Fact[] {
  const { t } = useTexts();
  const { count } = useFormats();
  const partner: Fact[] =
    system.kind === "hosted"
      ? []
      : [
          [
            t("network.address"),
            <span key="address" className="mono">
              {system.base_url ?? "–"}
            </span>,
          ],
          [t("network.timeout"), system.timeout_ms === undefined ? "–" : `${count(system.timeout_ms)} ms`],
          [
            t("network.rateLimit"),
            system.rate_limit === undefined ? t("network.unlimited") : count(system.rate_limit),
          ],
          [t("network.speaksFor"), system.speaks_for?.join(", ") ?? "–"],
        ];
  return [
    [t("network.name"), system.name],
    [t("network.kind"), t(`statuses.${system.kind}`)],
    ...partner,
    [t("network.updated"), <When key="updated" at={system.updated_at} />],
  ];
}

function Content({ system }: { readonly system: System }): ReactNode {
  const { t } = useTexts();
  const facts = useFacts(system);
  return (
    <>
      {system.kind === "remote" ? (
        <>
          <Health system={system} />
          <GoingLive system={system} />
        </>
      ) : null}
      <div className="grid-2">
        <Panel title={t("network.facts")}>
          <Facts facts={facts} />
        </Panel>
        {system.kind === "remote" ? <Keys system={system} /> : null}
        <CreditTypes systemId={system.system_id} />
        <LinksOf systemId={system.system_id} />
      </div>
    </>
  );
}

export function SystemDetail(): ReactNode {
  const { systemId } = useParams({ from: "/systems/$systemId" });
  const query = useQuery({ queryKey: ["system", systemId], queryFn: () => client.systems.get(systemId) });
  return (
    <Page
      title={systemId}
      aside={query.data === undefined ? undefined : <StatusMark status={query.data.status} />}
      actions={query.data === undefined ? undefined : <SwitchSystem system={query.data} />}
    >
      <Loaded query={query} rows={8}>
        {(system) => <Content system={system} />}
      </Loaded>
    </Page>
  );
}
