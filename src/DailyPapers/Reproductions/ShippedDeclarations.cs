using DailyPapers.Lab.Contract;

namespace DailyPapers.Reproductions;

/// <summary>What each paper of the lab fixes before anything runs, as it comes with the product: known without the lab itself.</summary>
public sealed class ShippedDeclarations
{
    private readonly Dictionary<string, ReproductionDeclaration> _bySlug;

    /// <summary>Reads them.</summary>
    public ShippedDeclarations() => _bySlug = EmbeddedText.Names("reproductions/")
        .Where(name => name.EndsWith("/declaration.json", StringComparison.Ordinal))
        .Select(name => LabJson.ReadDeclaration(EmbeddedText.Find(name)!))
        .ToDictionary(declaration => declaration.Slug, StringComparer.Ordinal);

    /// <summary>The papers that the lab has.</summary>
    public IReadOnlyCollection<string> Slugs => _bySlug.Keys;

    /// <summary>The declaration of a paper, or null when the lab does not have it.</summary>
    public ReproductionDeclaration? Find(string slug) => _bySlug.GetValueOrDefault(slug);

    /// <summary>Whether a run is of the setting that its mode declares, so that its verdict is the paper's.</summary>
    public bool IsStandard(ReproductionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (Find(result.Slug) is not { } declaration)
            return true;
        // A result of another version may have other parameters: those that both know decide.
        var standard = declaration.Resolve(result.Mode, new Dictionary<string, string>());
        return result.Seeds.Count >= declaration.Budget(result.Mode).SeedCount
            && result.Parameters.All(parameter => !standard.TryGetValue(parameter.Key, out var value) || value == parameter.Value);
    }
}
