using DailyPapers.Papers;

namespace DailyPapers.Web.Parts;

/// <summary>Addresses of a paper, here and elsewhere.</summary>
internal static class PaperLink
{
    public static string To(Paper paper) => $"/papers/{paper.Key}";

    public static string? Pdf(Paper paper) => paper.PdfUrl ?? (paper.ArxivId is { } id ? $"https://arxiv.org/pdf/{id}" : null);
}
