using System.Security.Claims;
using DailyPapers.Community.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace DailyPapers.Web.Security;

/// <summary>Services whose accounts people may sign in with, by OpenID Connect: the code flow with PKCE, answered by GET.</summary>
internal static partial class Providers
{
    /// <summary>The page that a provider's answer leads to.</summary>
    public const string Return = "/account/providers/return";

    private const string Prefix = "provider:";
    private const string ProviderItem = "papers:provider";
    private const string InvitationItem = "papers:invitation";
    private const string RegistrationItem = "papers:registration";
    private const string BackItem = "papers:return";

    public static void AddProviders(this IServiceCollection services, IConfiguration configuration)
    {
        var authentication = services.AddAuthentication();
        // The handlers are needed before the options can be resolved; their values are checked with the options.
        foreach (var section in configuration.GetSection(AccountOptions.Section + ":Providers").GetChildren())
        {
            var provider = section.Get<ProviderOptions>() ?? new ProviderOptions();
            authentication.AddOpenIdConnect(Prefix + section.Key, options => Configure(options, section.Key, provider));
        }
    }

    /// <summary>The providers by key and shown name.</summary>
    public static IReadOnlyList<(string Key, string Name)> Of(AccountOptions options) =>
        [.. options.Providers.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => (entry.Key, entry.Value.Name ?? entry.Key))];

    /// <summary>Sends the visitor to the provider, which a provider that is down or refuses what this site asks prevents.</summary>
    public static async Task<ChallengeOutcome> ChallengeAsync(HttpContext context, string key, string? back, string? invitation, string? registration)
    {
        var properties = new AuthenticationProperties { RedirectUri = Return };
        properties.Items[ProviderItem] = key;
        properties.Items[BackItem] = ReturnTo.Local(back, "/");
        properties.Items[InvitationItem] = invitation;
        properties.Items[RegistrationItem] = registration;
        try
        {
            await context.ChallengeAsync(Prefix + key, properties);
            return ChallengeOutcome.Sent;
        }
        catch (OpenIdConnectProtocolException refusal)
        {
            // Its answer to a pushed authorization request (RFC 9126), which comes before the visitor goes there.
            LogRefusal(context, key, refusal);
            return ChallengeOutcome.Refused;
        }
        catch (Exception failure) when (failure is InvalidOperationException or HttpRequestException or IOException
            || failure is OperationCanceledException && !context.RequestAborted.IsCancellationRequested)
        {
            Unreachable(LoggerOf(context), key, failure.Message);
            return ChallengeOutcome.Unreachable;
        }
    }

    /// <summary>What the provider said last about the visitor; null when nothing lately.</summary>
    public static async Task<ProviderIdentity?> ReadAsync(HttpContext context)
    {
        var answer = await context.AuthenticateAsync(IdentityConstants.ExternalScheme);
        if (answer is not { Succeeded: true, Principal: { } person, Properties: { } properties }
            || person.FindFirstValue("sub") is not { Length: > 0 } subject || !properties.Items.TryGetValue(ProviderItem, out var key) || key is null)
            return null;
        var isVerified = string.Equals(person.FindFirstValue("email_verified"), "true", StringComparison.OrdinalIgnoreCase);
        var email = person.FindFirstValue("email");
        return new(
            key, subject, person.FindFirstValue("name"), isVerified ? email : null, isVerified ? null : email, ReturnTo.Local(Item(properties, BackItem), "/"),
            Item(properties, InvitationItem), Item(properties, RegistrationItem));
    }

    private static void Configure(OpenIdConnectOptions options, string key, ProviderOptions provider)
    {
        options.Authority = provider.Authority;
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.RequireHttpsMetadata = !provider.AllowHttp;
        options.CallbackPath = $"/account/providers/{key}/callback";
        options.SignInScheme = IdentityConstants.ExternalScheme;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // By GET: a form posted here by another site is what the service refuses everywhere.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.ClaimActions.MapUniqueJsonKey("email", "email");
        options.ClaimActions.MapUniqueJsonKey("email_verified", "email_verified");
        options.ClaimActions.MapUniqueJsonKey("name", "name");
        options.Scope.Clear();
        foreach (var scope in provider.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            options.Scope.Add(scope);
        foreach (var cookie in (CookieBuilder[])[options.CorrelationCookie, options.NonceCookie])
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }
        options.Events.OnRemoteFailure = context =>
        {
            LogRefusal(context.HttpContext, key, context.Failure);
            context.Response.Redirect(Return);
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    // The visitor cannot mend what the provider refuses of this site, such as a scope; who runs it should hear of it.
    private static void LogRefusal(HttpContext context, string key, Exception? failure)
    {
        if (failure?.Data["error"] is string error && error is not "access_denied")
            Refused(LoggerOf(context), key, error.All(IsOfErrorCode) ? error : "an unreadable error");
    }

    private static ILogger LoggerOf(HttpContext context) => context.RequestServices.GetRequiredService<ILogger<OpenIdConnectHandler>>();

    // On the way there and back what is null becomes empty.
    private static string? Item(AuthenticationProperties properties, string name) =>
        properties.Items.TryGetValue(name, out var value) && !string.IsNullOrEmpty(value) ? value : null;

    private static bool IsOfErrorCode(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '-';

    [LoggerMessage(Level = LogLevel.Warning, Message = "The provider {Provider} answered {Error}. Check its Scopes, ClientId and ClientSecret in the settings, and the address of return registered there.")]
    private static partial void Refused(ILogger logger, string provider, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The provider {Provider} cannot be reached, so nobody signs in with it. Check its Authority in the settings. {Reason}")]
    private static partial void Unreachable(ILogger logger, string provider, string reason);
}
