using DailyPapers.Community.Accounts;

namespace DailyPapers.Community.Comments;

/// <summary>Finds <c>@handles</c> in a text.</summary>
internal static class Mentions
{
    /// <summary>People one comment can call; further ones are only shown.</summary>
    public const int MostNotified = 10;

    /// <summary>The different handles in their order. Whether somebody has them is not known here.</summary>
    public static IReadOnlyList<string> In(string text)
    {
        var found = new List<string>();
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            if (LengthAt(text, at) is > 0 and var length && text.Substring(at + 1, length).ToLowerInvariant() is var handle && !found.Contains(handle))
                found.Add(handle);
        }
        return found;
    }

    /// <summary>The length of the handle after the <c>@</c> at <paramref name="at"/>; 0 when none stands there, as within an e-mail address.</summary>
    public static int LengthAt(string text, int at)
    {
        if (at > 0 && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is '@' or '_' or '.' or '/' or '-' or '+'))
            return 0;
        var end = at + 1;
        while (end < text.Length && end - at <= Handles.Longest + 1 && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '-'))
            end++;
        while (end > at + 1 && text[end - 1] == '-')
            end--;
        var length = end - at - 1;
        return length > 0 && Handles.IsWellFormed(text.Substring(at + 1, length).ToLowerInvariant()) ? length : 0;
    }
}
