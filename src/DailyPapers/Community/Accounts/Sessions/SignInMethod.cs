namespace DailyPapers.Community.Accounts.Sessions;

/// <summary>What somebody signed in with.</summary>
public enum SignInMethod
{
    /// <summary>A password.</summary>
    Password,

    /// <summary>A password and a code of an authenticator app.</summary>
    PasswordAndCode,

    /// <summary>A password and a recovery code.</summary>
    PasswordAndRecoveryCode,

    /// <summary>A passkey.</summary>
    Passkey,

    /// <summary>An account at another service.</summary>
    Provider,

    /// <summary>A link that proved the address or was handed out by the site.</summary>
    Link,
}
