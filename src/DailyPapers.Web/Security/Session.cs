using DailyPapers.Community.Accounts;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace DailyPapers.Web.Security;

/// <summary>How a signed-in person is remembered.</summary>
internal static class Session
{
    /// <summary>The cookie of a signed-in person; without it a request is anonymous.</summary>
    public const string Cookie = "papers.session";

    private const string SignInPath = "/account/sign-in";

    public static void AddSignedInSession(this IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme, Configure);
        services.AddAuthorizationBuilder().AddRolePolicies();
        services.AddHttpContextAccessor();
        services.AddScoped<SignInManager<Account>>();
        services.AddScoped<ISecurityStampValidator, SecurityStampValidator<Account>>();
        services.AddScoped<IUserClaimsPrincipalFactory<Account>, AccountPrincipal>();
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
        options.ExpireTimeSpan = TimeSpan.FromDays(30);
        options.SlidingExpiration = true;
        options.LoginPath = SignInPath;
        options.Events.OnRedirectToLogin = context => AskToSignIn(context.Request, context.Response);
        options.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
    }

    // A script gets a status. A person comes back to the page the form stood on: the form's own address shows nothing.
    private static Task AskToSignIn(HttpRequest request, HttpResponse response)
    {
        if (request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }
        var page = HttpMethods.IsGet(request.Method) ? $"{request.Path}{request.QueryString}" : ReturnTo.FromReferer(request, "/");
        response.Redirect($"{SignInPath}?return={Uri.EscapeDataString(page)}");
        return Task.CompletedTask;
    }
}
