using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace DailyPapers.Lab.Contract;

/// <summary>Everything a reproduction fixes before anything runs.</summary>
public sealed partial record ReproductionDeclaration
{
    /// <summary>The version of the shapes in this namespace; a reader refuses a newer one.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>The version this document was written with.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>The paper's slug: lower-case words joined by hyphens.</summary>
    public required string Slug { get; init; }

    /// <summary>The paper's title.</summary>
    public required string Title { get; init; }

    /// <summary>The arXiv identifier without version, or null when the paper has none.</summary>
    public string? ArxivId { get; init; }

    /// <summary>The claims, in the order of the page.</summary>
    public required IReadOnlyList<Claim> Claims { get; init; }

    /// <summary>The parameters a reader may change.</summary>
    public IReadOnlyList<ParameterDeclaration> Parameters { get; init; } = [];

    /// <summary>Where the data comes from, in one or two sentences.</summary>
    public required string Data { get; init; }

    /// <summary>The seeds, in order; a budget runs a prefix of them.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>The budget of <see cref="RunMode.Quick"/>.</summary>
    public required RunBudget Quick { get; init; }

    /// <summary>The budget of <see cref="RunMode.Full"/>.</summary>
    public required RunBudget Full { get; init; }

    /// <summary>The folder under <c>Papers/</c>, and the namespace's last part: the slug's words in PascalCase.</summary>
    [JsonIgnore]
    public string Folder => FolderOf(Slug);

    /// <summary>The folder under <c>Papers/</c> for <paramref name="slug"/> (<c>two-pass-softmax</c> gives <c>TwoPassSoftmax</c>).</summary>
    public static string FolderOf(string slug)
    {
        ArgumentNullException.ThrowIfNull(slug);
        return string.Concat(slug.Split('-', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    /// <summary>The budget of <paramref name="mode"/>.</summary>
    public RunBudget Budget(RunMode mode) => mode == RunMode.Quick ? Quick : Full;

    /// <summary>The setting of a run: defaults, then the mode's overrides, then the caller's, all checked.</summary>
    /// <exception cref="FormatException">Names a parameter that is unknown or out of range, and what is allowed.</exception>
    public IReadOnlyDictionary<string, ParameterValue> Resolve(RunMode mode, IReadOnlyDictionary<string, string> overrides)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        foreach (var name in overrides.Keys.Concat(Budget(mode).Parameters.Keys))
            if (Parameters.All(parameter => parameter.Name != name))
                throw new FormatException($"'{Slug}' has no parameter '{name}'. It has: {string.Join(", ", Parameters.Select(parameter => parameter.Name))}.");
        return Parameters.ToDictionary(
            parameter => parameter.Name,
            parameter => overrides.TryGetValue(parameter.Name, out var text)
                ? parameter.Parse(text)
                : parameter.Check(Budget(mode).Parameters.GetValueOrDefault(parameter.Name, parameter.Default)));
    }

    /// <summary>Returns this declaration if it is consistent.</summary>
    /// <exception cref="ArgumentException">Names the part that is not, and why.</exception>
    public ReproductionDeclaration Checked()
    {
        if (!SlugPattern().IsMatch(Slug))
            throw new ArgumentException($"Slug '{Slug}' must be lower-case words and digits joined by hyphens.");
        if (Claims.Count == 0)
            throw new ArgumentException($"'{Slug}' declares no claim.");
        Distinct("claim", Claims.Select(claim => claim.Id));
        Distinct("claim metric", Claims.Select(claim => claim.Metric));
        Distinct("parameter", Parameters.Select(parameter => parameter.Name));
        Distinct("seed", Seeds.Select(seed => $"{seed}"));
        foreach (var claim in Claims)
            claim.Criterion.Checked();
        foreach (var (mode, budget) in new[] { (RunMode.Quick, Quick), (RunMode.Full, Full) })
        {
            if (budget.SeedCount < 1 || budget.SeedCount > Seeds.Count)
                throw new ArgumentException($"'{Slug}' declares {Seeds.Count} seeds; its {mode} budget asks for {budget.SeedCount}.");
            if (budget.TimeLimitSeconds < 1)
                throw new ArgumentException($"'{Slug}' gives its {mode} budget no time.");
            Resolve(mode, new Dictionary<string, string>());
        }
        return this;
    }

    private void Distinct(string what, IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
            if (!seen.Add(name))
                throw new ArgumentException($"'{Slug}' declares the {what} '{name}' twice.");
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex SlugPattern();
}
