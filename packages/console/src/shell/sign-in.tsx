// Signing in: an API key once, then the browser's session.
import { PointbridgeError } from "@pointbridge/sdk";
import { Button, Input } from "antd";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { signIn } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { useFailureText } from "../parts/index.ts";
import { Brand } from "./brand.tsx";
import { LanguageSwitch } from "./top-bar.tsx";

interface SignInProps {
  readonly hadSession: boolean;
  readonly onSignedIn: () => void;
}

function useSignInFailure(): (error: unknown) => string {
  const { t } = useTexts();
  const tell = useFailureText();
  return (error) => {
    if (error instanceof PointbridgeError && error.status === 401) return t("shell.signInFailed");
    if (error instanceof PointbridgeError && error.status === 403)
      return `${t("shell.signInOthers")} ${error.detail}`;
    return tell(error);
  };
}

export function SignIn({ hadSession, onSignedIn }: SignInProps): ReactNode {
  const { t } = useTexts();
  const tell = useSignInFailure();
  const [apiKey, setApiKey] = useState("");
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const [isRunning, setIsRunning] = useState(false);
  useEffect(() => {
    document.title = `${t("shell.signIn")} · Pointbridge`;
  }, [t]);
  const submit = async () => {
    if (isRunning || apiKey.trim() === "") return;
    setIsRunning(true);
    setFailure(undefined);
    try {
      await signIn(apiKey.trim());
      setApiKey("");
      onSignedIn();
    } catch (error) {
      setFailure(tell(error));
    } finally {
      setIsRunning(false);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void submit();
  };
  return (
    <main className="sign-in">
      <form className="sign-in-card" onSubmit={onSubmit}>
        <div className="sign-in-head">
          <Brand />
          <LanguageSwitch />
        </div>
        <h1>{t("shell.signInTitle")}</h1>
        <p className="sign-in-intro">{hadSession ? t("shell.sessionEnded") : t("shell.signInIntro")}</p>
        <label htmlFor="api-key">{t("shell.apiKey")}</label>
        <Input.Password
          id="api-key"
          size="large"
          autoFocus
          autoComplete="off"
          value={apiKey}
          status={failure === undefined ? "" : "error"}
          onChange={(event) => setApiKey(event.target.value)}
        />
        {failure === undefined ? null : (
          <p className="sign-in-failure" role="alert">
            {failure}
          </p>
        )}
        <Button
          type="primary"
          size="large"
          htmlType="submit"
          block
          loading={isRunning}
          disabled={apiKey.trim() === ""}
        >
          {t("shell.signIn")}
        </Button>
        <p className="sign-in-note">{t("shell.signInOthers")}</p>
      </form>
    </main>
  );
}
