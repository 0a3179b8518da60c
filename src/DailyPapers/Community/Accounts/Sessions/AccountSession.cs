namespace DailyPapers.Community.Accounts.Sessions;

/// <summary>One browser in which an account is signed in. The browser's cookie names it; without its row the cookie is worth nothing.</summary>
public sealed class AccountSession
{
    /// <summary>The longest description of a device, in characters.</summary>
    public const int LongestDevice = 80;

    /// <summary>Database identity.</summary>
    public long Id { get; set; }

    /// <summary>Whose it is.</summary>
    public required long AccountId { get; set; }

    /// <summary>The SHA-256 of the secret in the cookie.</summary>
    public required byte[] KeyHash { get; set; }

    /// <summary>The account's security stamp at the sign-in; another one ends the session.</summary>
    public required string SecurityStamp { get; set; }

    /// <summary>The browser and system, such as <c>Firefox on Linux</c>.</summary>
    public required string Device { get; set; }

    /// <summary>How the person signed in.</summary>
    public required SignInMethod Method { get; set; }

    /// <summary>When the person signed in.</summary>
    public required DateTimeOffset SignedInAt { get; set; }

    /// <summary>When it was last used, to within five minutes.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }
}
