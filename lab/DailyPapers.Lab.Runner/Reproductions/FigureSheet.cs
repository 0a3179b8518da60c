using DailyPapers.Lab.Contract;
using DailyPapers.Lab.Reporting;

namespace DailyPapers.Lab.Runner.Reproductions;

/// <summary>Where a reproduction draws: the setting, all seeds' records, and the output folder.</summary>
public sealed class FigureSheet
{
    private readonly string _folder;
    private readonly Action<FigureInfo> _onFigure;
    private readonly List<FigureInfo> _figures = [];

    internal FigureSheet(RunSetting setting, IReadOnlyList<SeedRecord> seeds, string folder, Action<FigureInfo> onFigure)
    {
        Setting = setting;
        Seeds = seeds;
        _folder = folder;
        _onFigure = onFigure;
    }

    /// <summary>Mode and parameters.</summary>
    public RunSetting Setting { get; }

    /// <summary>The seeds' records, in the order of the run.</summary>
    public IReadOnlyList<SeedRecord> Seeds { get; }

    internal IReadOnlyList<FigureInfo> Figures => _figures;

    /// <summary>Writes a chart as SVG.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="file">File name, lower-case with hyphens, ending in <c>.svg</c>.</param>
    /// <param name="title">A short title.</param>
    /// <param name="alt">What the figure shows, for a reader who can't see it.</param>
    /// <param name="caption">What to look at, and how it was made.</param>
    public void Add(Chart chart, string file, string title, string alt, string caption) => Add([chart], file, title, alt, caption);

    /// <summary>Writes charts side by side as one SVG.</summary>
    /// <param name="panels">The charts, left to right.</param>
    /// <param name="file">File name, lower-case with hyphens, ending in <c>.svg</c>.</param>
    /// <param name="title">A short title.</param>
    /// <param name="alt">What the figure shows, for a reader who can't see it.</param>
    /// <param name="caption">What to look at, and how it was made.</param>
    public void Add(IReadOnlyList<Chart> panels, string file, string title, string alt, string caption)
    {
        if (string.IsNullOrEmpty(file) || Path.GetFileName(file) != file || !file.EndsWith(".svg", StringComparison.Ordinal))
            throw new ArgumentException($"A figure's file is a plain name that ends in .svg, not '{file}'.", nameof(file));
        AtomicFile.Write(Path.Combine(_folder, file), Chart.ToSvg(panels, title, alt));
        var figure = new FigureInfo(file, title, alt, caption);
        _figures.Add(figure);
        _onFigure(figure);
    }

    /// <summary>The mean of a metric over the seeds, for captions and descriptions.</summary>
    public double Mean(string metric) => SeedStatistics.Mean([.. Seeds.Select(seed => seed.Metrics[metric])]);

    /// <summary>A series by name, one array a seed.</summary>
    /// <exception cref="InvalidOperationException">A seed did not record it.</exception>
    public IReadOnlyList<double[]> Series(string name) =>
        [.. Seeds.Select(seed => seed.Series.TryGetValue(name, out var values)
            ? values
            : throw new InvalidOperationException($"Seed {seed.Seed} did not record the series '{name}'."))];
}
