namespace DailyPapers.Search.Queries;

/// <summary>How the words of a clause were written.</summary>
internal enum WordsForm
{
    /// <summary>A word: found in its inflections.</summary>
    Plain,

    /// <summary>The word at the end of a short query, perhaps still being typed: also the beginning of longer words.</summary>
    Open,

    /// <summary>Words joined by hyphens: next to each other or written as one.</summary>
    Joined,

    /// <summary>In quotes, or a value of several words: next to each other.</summary>
    Phrase,

    /// <summary>With a star at the end: the beginning of words.</summary>
    Prefix,
}
