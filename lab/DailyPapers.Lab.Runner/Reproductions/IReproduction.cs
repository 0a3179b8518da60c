using DailyPapers.Lab.Contract;

namespace DailyPapers.Lab.Runner.Reproductions;

/// <summary>
/// A paper's reproduction: the class <c>Reproduction</c> in <c>Papers/&lt;Folder&gt;/</c>, with a constructor without parameters.
/// The runner finds it by reflection; nothing else lists it.
/// </summary>
public interface IReproduction
{
    /// <summary>Everything fixed before anything runs.</summary>
    ReproductionDeclaration Declaration { get; }

    /// <summary>Runs the experiment for one seed and reports every declared metric through <paramref name="run"/>.</summary>
    /// <remarks>
    /// Nothing may flow from one seed to the next, and every number must follow from <see cref="SeedRun.Seed"/> and the setting:
    /// a killed run continues from its finished seeds.
    /// </remarks>
    void RunSeed(SeedRun run);

    /// <summary>Draws the figures from what the seeds recorded.</summary>
    void Draw(FigureSheet sheet);
}
