using System.Security.Claims;
using DailyPapers.Community.Accounts;
using DailyPapers.Community.Accounts.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace DailyPapers.Web.Security;

/// <summary>
/// How a signed-in person is remembered: the cookie holds the secret of a session that the database keeps. Name, role and
/// trust are the account's of this moment, not the cookie's.
/// </summary>
internal static class Session
{
    /// <summary>The cookie of a signed-in person; without it a request is anonymous.</summary>
    public const string Cookie = "papers.session";

    /// <summary>The page that asks to sign in.</summary>
    public const string SignInPath = "/account/sign-in";

    /// <summary>The claim with the name shown to others.</summary>
    public const string DisplayName = "papers:name";

    /// <summary>The property of a sign-in that says how it was done.</summary>
    public const string Method = "papers:method";

    private const string Secret = "papers:session";

    public static void AddSignedInSession(this IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme, Configure)
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, options => ConfigurePassing(options, "papers.step"))
            .AddCookie(IdentityConstants.ExternalScheme, options => ConfigurePassing(options, "papers.provider"));
        services.AddAuthorizationBuilder().AddRolePolicies();
        services.AddHttpContextAccessor();
        services.AddScoped<SignInManager<Account>>();
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            // A passkey stands for password and second step, and finds its account by itself.
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
        });
        services.AddScoped<SigningIn>();
        services.AddScoped<Reauthentication>();
        services.AddScoped<IUserClaimsPrincipalFactory<Account>, UserClaimsPrincipalFactory<Account>>();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "papers.form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
    }

    private static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = Cookie;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = AccountSessions.Lifetime;
        options.SlidingExpiration = true;
        options.LoginPath = SignInPath;
        options.Events.OnRedirectToLogin = context => AskToSignIn(context.Request, context.Response);
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
        options.Events.OnSigningIn = BeginAsync;
        options.Events.OnValidatePrincipal = VisitAsync;
        options.Events.OnSigningOut = EndAsync;
    }

    // Carries somebody from one step of signing in to the next.
    private static void ConfigurePassing(CookieAuthenticationOptions options, string name)
    {
        options.Cookie.Name = name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromMinutes(10);
        options.SlidingExpiration = false;
    }

    private static async Task BeginAsync(CookieSigningInContext context)
    {
        var http = context.HttpContext;
        var sessions = http.RequestServices.GetRequiredService<AccountSessions>();
        if (http.CurrentSession() is { } before)
            await sessions.EndAsync(before.AccountId, before.Id, http.RequestAborted);
        var principal = context.Principal!;
        var account = long.Parse(principal.FindFirstValue(ClaimTypes.NameIdentifier)!, System.Globalization.CultureInfo.InvariantCulture);
        var stamp = principal.FindFirstValue(new ClaimsIdentityOptions().SecurityStampClaimType) ?? "";
        var method = context.Properties.Items.TryGetValue(Method, out var name) && Enum.TryParse<SignInMethod>(name, out var known) ? known : SignInMethod.Password;
        var secret = await sessions.BeginAsync(account, stamp, DeviceName.Of(http.Request.Headers.UserAgent.ToString()), method, http.RequestAborted);
        context.Principal = new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, principal.FindFirstValue(ClaimTypes.NameIdentifier)!), new Claim(Secret, secret)],
            IdentityConstants.ApplicationScheme));
    }

    private static async Task VisitAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        var session = context.Principal?.FindFirstValue(Secret) is { } secret
            ? await http.RequestServices.GetRequiredService<AccountSessions>().VisitAsync(secret, http.RequestAborted)
            : null;
        if (session is null)
        {
            context.RejectPrincipal();
            await http.SignOutAsync(IdentityConstants.ApplicationScheme);
            return;
        }
        http.Features.Set(session);
        context.ReplacePrincipal(new ClaimsPrincipal([
            .. context.Principal!.Identities,
            new ClaimsIdentity([new Claim(DisplayName, session.DisplayName), new Claim(ClaimTypes.Role, session.Role.ToString())], IdentityConstants.ApplicationScheme),
        ]));
    }

    private static async Task EndAsync(CookieSigningOutContext context)
    {
        if (context.HttpContext.CurrentSession() is { } session)
            await context.HttpContext.RequestServices.GetRequiredService<AccountSessions>().EndAsync(session.AccountId, session.Id, CancellationToken.None);
    }

    // A program gets a status. A person comes back to the page the form stood on: the form's own address shows nothing.
    private static Task AskToSignIn(HttpRequest request, HttpResponse response)
    {
        if (request.WantsJson() || request.Path.StartsWithSegments("/api"))
        {
            response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }
        var page = HttpMethods.IsGet(request.Method) ? $"{request.Path}{request.QueryString}" : ReturnTo.FromReferer(request, "/");
        response.Redirect($"{SignInPath}?return={Uri.EscapeDataString(page)}");
        return Task.CompletedTask;
    }
}
