namespace DailyPapers.Community.Collections;

/// <summary>What a person says of a collection when making or editing it.</summary>
/// <param name="Name">Its name; blanks around it do not count.</param>
/// <param name="Description">What it is about, or nothing.</param>
/// <param name="IsPublic">Whether others see it.</param>
public sealed record CollectionDraft(string Name, string? Description, bool IsPublic)
{
    /// <summary>What is wrong and how to mend it, or null.</summary>
    internal string? Problem()
    {
        if (Name.Trim().Length is 0 or > Collection.LongestName)
            return $"name has {Name.Trim().Length} characters; give it 1 to {Collection.LongestName}.";
        return Description?.Trim().Length > Collection.LongestDescription
            ? $"description has {Description.Trim().Length} characters; shorten it to {Collection.LongestDescription}."
            : null;
    }
}
