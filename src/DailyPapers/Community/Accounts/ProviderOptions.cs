namespace DailyPapers.Community.Accounts;

/// <summary>A service that people sign in with by OpenID Connect; section <c>Accounts:Providers:NAME</c> of the settings.</summary>
public sealed class ProviderOptions
{
    /// <summary>What the button says after “Sign in with”; the provider's name in the settings by default.</summary>
    public string? Name { get; set; }

    /// <summary>The issuer's address, below which its <c>.well-known/openid-configuration</c> stands.</summary>
    public string Authority { get; set; } = "";

    /// <summary>What the provider calls this site.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The secret the provider gave out with it.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>What the provider is asked for, separated by blanks. Some refuse what they do not know, and some know only <c>openid</c>.</summary>
    public string Scopes { get; set; } = "openid profile email";

    /// <summary>Accepts an authority without HTTPS, for trying out on one machine.</summary>
    public bool AllowHttp { get; set; }
}
