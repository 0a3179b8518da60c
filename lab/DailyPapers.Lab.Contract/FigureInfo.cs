namespace DailyPapers.Lab.Contract;

/// <summary>A figure that a run drew.</summary>
/// <param name="File">File name beside <c>result.json</c>, an SVG.</param>
/// <param name="Title">A short title.</param>
/// <param name="Alt">What the figure shows, for a reader who can't see it.</param>
/// <param name="Caption">What to look at, and how it was made.</param>
public sealed record FigureInfo(string File, string Title, string Alt, string Caption);
