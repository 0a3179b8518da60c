namespace DailyPapers.Community.Profiles;

/// <summary>What a person shows of themselves beside their name. Without one: their public activity, without upvotes.</summary>
public sealed class Profile
{
    /// <summary>The longest text about oneself, in characters.</summary>
    public const int LongestAbout = 500;

    /// <summary>Who.</summary>
    public required long AccountId { get; set; }

    /// <summary>What the person says about themselves: plain text.</summary>
    public string? About { get; set; }

    /// <summary>Whether everybody may see what the person upvoted.</summary>
    public bool ShowsUpvotes { get; set; }
}
