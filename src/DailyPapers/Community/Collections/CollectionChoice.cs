namespace DailyPapers.Community.Collections;

/// <summary>One of a person's collections beside a paper: whether the paper is in it.</summary>
/// <param name="Id">The collection.</param>
/// <param name="Slug">Its name as addresses have it.</param>
/// <param name="Name">Its name.</param>
/// <param name="HasPaper">Whether the paper is in it.</param>
public sealed record CollectionChoice(long Id, string Slug, string Name, bool HasPaper);
