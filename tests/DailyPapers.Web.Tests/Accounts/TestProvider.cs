using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DailyPapers.Web.Tests.Accounts;

/// <summary>An OpenID provider on this machine: discovery, keys, the code flow with PKCE and a client secret, user info. Everybody who asks is its one person.</summary>
internal sealed class TestProvider : IAsyncDisposable
{
    public const string ClientId = "daily-papers";
    public const string ClientSecret = "a secret of the provider";

    private readonly WebApplication _app;
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, IQueryCollection> _codes = new();

    private TestProvider(WebApplication app) => _app = app;

    public string Address { get; private set; } = "";

    public string Subject { get; set; } = "person-1";

    public string? Email { get; set; } = "ada@provider.example";

    /// <summary>What the provider says of the address; null for one that says nothing.</summary>
    public bool? IsEmailVerified { get; set; } = true;

    /// <summary>
    /// Is like ORCID: announces and accepts the scope <c>openid</c> only, refuses any other, knows of no PKCE and gives no address.
    /// </summary>
    public bool KnowsOnlyOpenId { get; set; }

    /// <summary>The scopes that were asked for last.</summary>
    public string? Asked { get; private set; }

    public bool Refuses { get; set; }

    public static async Task<TestProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var provider = new TestProvider(builder.Build());
        provider.Map();
        await provider._app.StartAsync();
        provider.Address = provider._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return provider;
    }

    public IEnumerable<KeyValuePair<string, string?>> Settings(string key, string name, string? scopes = null) =>
    [
        .. scopes is null ? [] : (KeyValuePair<string, string?>[])[new($"Accounts:Providers:{key}:Scopes", scopes)],
        new($"Accounts:Providers:{key}:Name", name),
        new($"Accounts:Providers:{key}:Authority", Address),
        new($"Accounts:Providers:{key}:ClientId", ClientId),
        new($"Accounts:Providers:{key}:ClientSecret", ClientSecret),
        new($"Accounts:Providers:{key}:AllowHttp", "true"),
    ];

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _rsa.Dispose();
    }

    private void Map()
    {
        _app.MapGet("/.well-known/openid-configuration", () => Results.Text(
            $$"""
            {
              "issuer": "{{Address}}",
              "authorization_endpoint": "{{Address}}/authorize",
              "token_endpoint": "{{Address}}/token",
              "userinfo_endpoint": "{{Address}}/userinfo",
              "jwks_uri": "{{Address}}/keys",
              "response_types_supported": ["code"],
              "subject_types_supported": ["public"],
              "id_token_signing_alg_values_supported": ["RS256"],
              {{(KnowsOnlyOpenId
                  ? """
                  "scopes_supported": ["openid"], "claims_supported": ["family_name", "given_name", "name", "auth_time", "iss", "sub"], "claims_parameter_supported": false
                  """
                  : """
                  "scopes_supported": ["openid", "profile", "email"], "code_challenge_methods_supported": ["S256"]
                  """)}}
            }
            """,
            "application/json"));
        _app.MapGet("/keys", () =>
        {
            var key = _rsa.ExportParameters(includePrivateParameters: false);
            return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", kid = "1", n = Base64UrlEncoder.Encode(key.Modulus!), e = Base64UrlEncoder.Encode(key.Exponent!) } } });
        });
        _app.MapGet("/authorize", (HttpRequest request) =>
        {
            var answer = new Dictionary<string, string?> { ["state"] = request.Query["state"] };
            Asked = request.Query["scope"];
            if (Refuses)
            {
                answer["error"] = "access_denied";
            }
            else if (KnowsOnlyOpenId && Asked != "openid")
            {
                answer["error"] = "invalid_scope";
            }
            else
            {
                answer["code"] = Guid.NewGuid().ToString("N");
                _codes[answer["code"]!] = request.Query;
            }
            return Results.Redirect(QueryHelpers.AddQueryString(request.Query["redirect_uri"]!, answer));
        });
        _app.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            if (!_codes.TryRemove(form["code"].ToString(), out var asked) || form["client_secret"] != ClientSecret || form["client_id"] != ClientId
                || !KnowsOnlyOpenId && Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != asked["code_challenge"])
                return Results.BadRequest(new { error = "invalid_grant" });
            var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
            {
                Issuer = Address,
                Audience = ClientId,
                Subject = new ClaimsIdentity([new Claim("sub", Subject), new Claim("nonce", asked["nonce"].ToString())]),
                Expires = DateTime.UtcNow.AddMinutes(5),
                SigningCredentials = new SigningCredentials(new RsaSecurityKey(_rsa) { KeyId = "1" }, SecurityAlgorithms.RsaSha256),
            });
            return Results.Json(new { access_token = "of the person", token_type = "Bearer", expires_in = 300, id_token = token });
        });
        _app.MapGet("/userinfo", () =>
        {
            var claims = new Dictionary<string, object> { ["sub"] = Subject, ["name"] = "Ada at the provider" };
            if (Email is not null && !KnowsOnlyOpenId)
                claims["email"] = Email;
            if (IsEmailVerified is { } isVerified && !KnowsOnlyOpenId)
                claims["email_verified"] = isVerified;
            return Results.Json(claims);
        });
    }
}
