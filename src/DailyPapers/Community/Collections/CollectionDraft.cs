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
            return T["name has {0} characters; give it 1 to {1}.", Name.Trim().Length, Collection.LongestName];
        return Description?.Trim().Length > Collection.LongestDescription
            ? T["description has {0} characters; shorten it to {1}.", Description.Trim().Length, Collection.LongestDescription]
            : null;
    }
}
