using DailyPapers.Papers;

namespace DailyPapers.Web.Parts;

/// <summary>Addresses of a paper, here and elsewhere.</summary>
internal static class PaperLink
{
    public static string To(Paper paper) => $"/papers/{paper.Key}";

    /// <summary>
    /// The name of a paper in an address of one or two parts. Clients that escape a whole identifier escape its slash too,
    /// which the server leaves as it is.
    /// </summary>
    public static string NameIn(string? archive, string key) =>
        archive is null ? key.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase) : $"{archive}/{key}";

    public static string? Pdf(Paper paper) => paper.PdfUrl ?? (paper.ArxivId is { } id ? $"https://arxiv.org/pdf/{id}" : null);
}
