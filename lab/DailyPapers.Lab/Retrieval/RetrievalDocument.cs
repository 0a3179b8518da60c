using DailyPapers.Embedding;

namespace DailyPapers.Lab.Retrieval;

/// <summary>What is searched for: a paper, or its abstract alone.</summary>
/// <param name="Title">The title; null where the abstract is to be found without it.</param>
/// <param name="Abstract">The abstract, or what is left of it.</param>
public sealed record RetrievalDocument(string? Title, string Abstract)
{
    /// <summary>The document as one text.</summary>
    /// <param name="titleCount">How often the title stands in it.</param>
    public string Text(int titleCount = 1) => Title is null ? Abstract : PaperText.Compose(Title, null, Abstract, titleCount);
}
