using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DailyPapers.Web.Security;

/// <summary>How often one visitor may do what costs something or could be abused.</summary>
internal static class RequestRates
{
    /// <summary>Signing in and registering: guessing passwords must be slow.</summary>
    public const string Credentials = "credentials";

    /// <summary>Asking for mail to an address: nobody shall be flooded through us.</summary>
    public const string Subscribing = "subscribing";

    /// <summary>Upvoting and other small writes.</summary>
    public const string Writing = "writing";

    /// <summary>Writing comments: a discussion, not a flood.</summary>
    public const string Commenting = "commenting";

    /// <summary>Searching.</summary>
    public const string Searching = "searching";

    /// <summary>Suggestions while typing: one for nearly every key.</summary>
    public const string Suggesting = "suggesting";

    /// <summary>What makes the service ask another one, which must not be flooded through us.</summary>
    public const string Fetching = "fetching";

    private const int SuggestionsPerSearch = 4;

    private static readonly object WindowKey = new();

    public static void AddRequestRates(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RequestRateOptions>()
            .Bind(configuration.GetSection(RequestRateOptions.Section))
            .Validate(options => options.SearchesPerMinute >= 0, "The setting Rates:SearchesPerMinute must not be negative; 0 sets no limit.")
            .Validate(options => options.WritesPerMinute > 0, "The setting Rates:WritesPerMinute must be positive, such as 60.")
            .Validate(options => options.CommentsPerTenMinutes > 0, "The setting Rates:CommentsPerTenMinutes must be positive, such as 30.")
            .ValidateOnStart();
        services.AddRateLimiter(AddPolicies);
    }

    private static void AddPolicies(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = Explain;
        options.AddPolicy(Credentials, context => PerVisitor(context, permits: 10, TimeSpan.FromMinutes(5)));
        options.AddPolicy(Subscribing, context => PerVisitor(context, permits: 10, TimeSpan.FromMinutes(10)));
        options.AddPolicy(Writing, context => PerVisitor(context, Writes(context), TimeSpan.FromMinutes(1)));
        options.AddPolicy(Commenting, context => PerVisitor(context, Options(context).CommentsPerTenMinutes, TimeSpan.FromMinutes(10)));
        options.AddPolicy(Fetching, context => PerVisitor(context, permits: 20, TimeSpan.FromMinutes(10)));
        options.AddPolicy(Searching, context => PerSearcher(context, eachAs: 1));
        options.AddPolicy(Suggesting, context => PerSearcher(context, eachAs: SuggestionsPerSearch));
    }

    private static int Writes(HttpContext context)
    {
        var permits = Options(context).WritesPerMinute;
        return (int)Math.Min((long)permits << (int)context.Trust(), int.MaxValue);
    }

    private static RequestRateOptions Options(HttpContext context) => context.RequestServices.GetRequiredService<IOptions<RequestRateOptions>>().Value;

    private static RateLimitPartition<string> PerSearcher(HttpContext context, int eachAs) =>
        Options(context).SearchesPerMinute is var permits and > 0
            ? PerVisitor(context, (int)Math.Min((long)permits * eachAs, int.MaxValue), TimeSpan.FromMinutes(1))
            : RateLimitPartition.GetNoLimiter("");

    private static RateLimitPartition<string> PerVisitor(HttpContext context, int permits, TimeSpan window)
    {
        context.Items[WindowKey] = window;
        var visitor = context.AccountId() is { } account
            ? account.ToString(CultureInfo.InvariantCulture)
            : Household(context.Connection.RemoteIpAddress);
        // An account that rises to another level has another limit.
        return RateLimitPartition.GetSlidingWindowLimiter($"{visitor} {permits.ToString(CultureInfo.InvariantCulture)}", _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = window,
            SegmentsPerWindow = 5,
        });
    }

    // A household gets a whole /64 of IPv6 addresses, so one address of it says nothing.
    private static string Household(IPAddress? address)
    {
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily is AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    private static async ValueTask Explain(OnRejectedContext context, CancellationToken cancellationToken)
    {
        // A sliding window does not tell when it has room again; after its whole length it surely has.
        if (context.HttpContext.Items[WindowKey] is TimeSpan window)
            context.HttpContext.Response.Headers.RetryAfter = window.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        await Results.Problem(
            title: T["Too many requests"],
            detail: T["You did this many times in a short while. Wait a few minutes and try again."],
            statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(context.HttpContext);
    }
}
