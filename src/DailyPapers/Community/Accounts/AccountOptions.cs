using DailyPapers.Community.Accounts.Trust;

namespace DailyPapers.Community.Accounts;

/// <summary>Who may have an account and what it takes; section <c>Accounts</c> of the settings.</summary>
public sealed class AccountOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Accounts";

    /// <summary>Who may make an account. An invitation opens every mode.</summary>
    public SignUpMode SignUp { get; set; } = SignUpMode.Open;

    /// <summary>The domains of <see cref="SignUpMode.Domains"/>, such as <c>example.org</c>; subdomains have to be named themselves.</summary>
    public IList<string> Domains { get; } = [];

    /// <summary>Whether reading needs an account too.</summary>
    public bool Private { get; set; }

    /// <summary>
    /// Whether an account begins with a link sent to its address. By default it does when a mail server is configured, and
    /// always where addresses decide who may come (<see cref="SignUpMode.Domains"/>).
    /// </summary>
    public bool? ConfirmAddresses { get; set; }

    /// <summary>How long the link of a mail holds.</summary>
    public TimeSpan LinkLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long an invitation holds.</summary>
    public TimeSpan InvitationLifetime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>A file of common passwords besides the list that ships, made by <c>papers users common-passwords</c>.</summary>
    public string? CommonPasswords { get; set; }

    /// <summary>What the trust levels need and allow.</summary>
    public TrustOptions Trust { get; } = new();

    /// <summary>Services whose accounts people may sign in with, by a name for addresses such as <c>university</c>.</summary>
    public IDictionary<string, ProviderOptions> Providers { get; } = new Dictionary<string, ProviderOptions>(StringComparer.Ordinal);
}
