using DailyPapers.Lab.Contract;

namespace DailyPapers.Web.Pages.Lab;

/// <summary>A run's claims, in words.</summary>
internal static class ClaimText
{
    /// <summary>How many of the claims held.</summary>
    public static string Held(ReproductionResult result) =>
        T["{0} of {1} claims reproduced", result.Claims.Count(claim => claim.Verdict is Verdict.Reproduced), result.Claims.Count];
}
