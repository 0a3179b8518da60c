namespace DailyPapers.Web.Security;

/// <summary>Where signing in stands.</summary>
/// <param name="IsDone">Whether the session has begun.</param>
/// <param name="Problem">Why it will not; null when it has begun or asks for a code.</param>
internal sealed record SignInStep(bool IsDone, string? Problem)
{
    public static SignInStep Done { get; } = new(true, null);

    public static SignInStep AsksForCode { get; } = new(false, null);

    public static SignInStep Refused(string problem) => new(false, problem);
}
