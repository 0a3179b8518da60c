using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace DailyPapers.Web.Tests.Accounts;

/// <summary>
/// An OpenID provider on this machine: OpenIddict's server, with the code flow, PKCE, a client secret, pushed authorization requests and
/// user info. Everybody who asks is its one person.
/// </summary>
internal sealed class TestProvider : IAsyncDisposable
{
    public const string ClientId = "daily-papers";
    public const string ClientSecret = "a secret of the provider";

    private readonly WebApplication _app;
    private readonly bool _knowsOnlyOpenId;

    private TestProvider(WebApplication app, bool knowsOnlyOpenId) => (_app, _knowsOnlyOpenId) = (app, knowsOnlyOpenId);

    public string Address { get; private set; } = "";

    public string Subject { get; set; } = "person-1";

    public string? Email { get; set; } = "ada@provider.example";

    /// <summary>What the provider says of the address; null for one that says nothing.</summary>
    public bool? IsEmailVerified { get; set; } = true;

    /// <summary>The scopes that were asked for last.</summary>
    public string? Asked { get; private set; }

    /// <summary>How many authorization requests were pushed instead of going through the browser.</summary>
    public int Pushed { get; private set; }

    public bool Refuses { get; set; }

    /// <param name="knowsOnlyOpenId">Is like ORCID: knows the scope <c>openid</c> only, announces neither PKCE nor pushed requests, and gives no address.</param>
    /// <param name="takesPushedRequests">Is like Keycloak: announces an endpoint for pushed authorization requests.</param>
    public static async Task<TestProvider> StartAsync(bool knowsOnlyOpenId = false, bool takesPushedRequests = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        TestProvider? provider = null;
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization();
        builder.Services.AddOpenIddict().AddServer(server => Configure(server, () => provider!, knowsOnlyOpenId, takesPushedRequests));
        provider = new TestProvider(builder.Build(), knowsOnlyOpenId);
        provider.Map();
        await provider._app.StartAsync();
        provider.Address = provider._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return provider;
    }

    public IEnumerable<KeyValuePair<string, string?>> Settings(string key, string name, string? scopes = null, string client = ClientId) =>
    [
        .. scopes is null ? [] : (KeyValuePair<string, string?>[])[new($"Accounts:Providers:{key}:Scopes", scopes)],
        new($"Accounts:Providers:{key}:Name", name),
        new($"Accounts:Providers:{key}:Authority", Address),
        new($"Accounts:Providers:{key}:ClientId", client),
        new($"Accounts:Providers:{key}:ClientSecret", ClientSecret),
        new($"Accounts:Providers:{key}:AllowHttp", "true"),
    ];

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void Configure(OpenIddictServerBuilder server, Func<TestProvider> provider, bool knowsOnlyOpenId, bool takesPushedRequests)
    {
        server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").SetUserInfoEndpointUris("userinfo").SetJsonWebKeySetEndpointUris("keys");
        server.AllowAuthorizationCodeFlow();
        // Without a database of clients: the one client is checked by the handlers below.
        server.EnableDegradedMode();
        server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
        server.UseAspNetCore().DisableTransportSecurityRequirement().EnableAuthorizationEndpointPassthrough().EnableUserInfoEndpointPassthrough();
        if (takesPushedRequests)
            server.SetPushedAuthorizationEndpointUris("par");
        if (knowsOnlyOpenId)
            server.DisableScopeValidation().AddEventHandler<ApplyConfigurationResponseContext>(handler => handler.UseInlineHandler(context =>
            {
                context.Response!.RemoveParameter(Metadata.CodeChallengeMethodsSupported);
                return default;
            }).SetOrder(int.MinValue));
        else
            server.RegisterScopes(Scopes.Profile, Scopes.Email).RequireProofKeyForCodeExchange();
        server.AddEventHandler<ExtractAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            provider().Asked = context.Request?.Scope ?? provider().Asked;
            return default;
        }).SetOrder(int.MaxValue));
        server.AddEventHandler<ExtractPushedAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            provider().Asked = context.Request?.Scope;
            provider().Pushed++;
            return default;
        }).SetOrder(int.MaxValue));
        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != ClientId || !IsOfTheClient(context.RedirectUri))
                context.Reject(Errors.InvalidClient, "The client or its address of return is not known.");
            return default;
        }));
        server.AddEventHandler<ValidatePushedAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != ClientId || context.Request.ClientSecret != ClientSecret || !IsOfTheClient(context.RedirectUri))
                context.Reject(Errors.InvalidClient, "The client, its secret or its address of return is wrong.");
            return default;
        }));
        server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != ClientId || context.ClientSecret != ClientSecret)
                context.Reject(Errors.InvalidClient, "The client or its secret is wrong.");
            return default;
        }));
    }

    private static bool IsOfTheClient(string? redirect) =>
        Uri.TryCreate(redirect, UriKind.Absolute, out var address) && address.AbsolutePath.StartsWith("/account/providers/", StringComparison.Ordinal);

    private static IResult Refusal(string error) => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?> { [OpenIddictServerAspNetCoreConstants.Properties.Error] = error }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);

    private void Map()
    {
        _app.UseAuthentication();
        _app.UseAuthorization();
        _app.MapGet("/authorize", (HttpContext context) =>
        {
            if (Refuses)
                return Refusal(Errors.AccessDenied);
            // OpenIddict shows unknown scopes as a page of its own; ORCID tells the one who asked.
            if (_knowsOnlyOpenId && Asked != Scopes.OpenId)
                return Refusal(Errors.InvalidScope);
            var person = new ClaimsPrincipal(new ClaimsIdentity([new Claim(Claims.Subject, Subject)], "the provider"));
            person.SetScopes(context.GetOpenIddictServerRequest()!.GetScopes());
            return Results.SignIn(person, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        });
        _app.MapGet("/userinfo", async (HttpContext context) =>
        {
            var person = (await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal;
            if (person is null)
                return Results.Challenge(authenticationSchemes: [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
            var claims = new Dictionary<string, object> { [Claims.Subject] = person.GetClaim(Claims.Subject)!, [Claims.Name] = "Ada at the provider" };
            if (person.HasScope(Scopes.Email) && Email is not null)
                claims[Claims.Email] = Email;
            if (person.HasScope(Scopes.Email) && IsEmailVerified is { } isVerified)
                claims[Claims.EmailVerified] = isVerified;
            return Results.Json(claims);
        });
    }
}
