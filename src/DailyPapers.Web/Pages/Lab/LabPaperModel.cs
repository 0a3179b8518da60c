using DailyPapers.Lab.Contract;
using DailyPapers.Papers;
using DailyPapers.Reproductions;
using DailyPapers.Reproductions.Annotated;
using DailyPapers.Reproductions.Requests;

namespace DailyPapers.Web.Pages.Lab;

/// <summary>What a paper's page in the lab shows.</summary>
/// <param name="Declaration">What is fixed before anything runs.</param>
/// <param name="Paper">The paper, when the feed has it.</param>
/// <param name="View">Its newest run in a declared setting.</param>
/// <param name="Page">The annotated page.</param>
/// <param name="Requests">The newest runs that people asked for.</param>
/// <param name="MayRun">Whether the visitor may ask for one.</param>
/// <param name="Problems">Why the last one was not taken.</param>
/// <param name="Typed">What was typed for it.</param>
public sealed record LabPaperModel(
    ReproductionDeclaration Declaration, Paper? Paper, ReproductionView? View, AnnotatedPage? Page, IReadOnlyList<LabRunRequest> Requests, bool MayRun,
    IReadOnlyList<string> Problems, IReadOnlyDictionary<string, string> Typed);
