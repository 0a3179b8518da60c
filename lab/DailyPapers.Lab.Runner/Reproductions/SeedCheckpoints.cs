using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DailyPapers.Lab.Contract;

namespace DailyPapers.Lab.Runner.Reproductions;

/// <summary>Finished seeds of an unfinished run, one file each, so that a killed run continues where it was.</summary>
internal sealed class SeedCheckpoints
{
    private readonly string _folder;
    private readonly string _fingerprint;

    public SeedCheckpoints(string outputFolder, string slug, RunSetting setting)
    {
        _folder = Path.Combine(outputFolder, "checkpoints");
        _fingerprint = Fingerprint(slug, setting);
    }

    /// <summary>The seed's record, or null when it did not finish under this setting and this build.</summary>
    public SeedRecord? Read(int seed)
    {
        var path = PathOf(seed);
        if (!File.Exists(path))
            return null;
        try
        {
            var checkpoint = JsonSerializer.Deserialize(File.ReadAllText(path), CheckpointJsonContext.Default.SeedCheckpoint);
            return checkpoint?.Fingerprint == _fingerprint && checkpoint.Record.Seed == seed ? checkpoint.Record : null;
        }
        catch (JsonException)
        {
            return null; // Unreadable is as good as absent: the seed runs again.
        }
    }

    public void Write(SeedRecord record)
    {
        Directory.CreateDirectory(_folder);
        var checkpoint = new SeedCheckpoint(_fingerprint, record);
        AtomicFile.Write(PathOf(record.Seed), JsonSerializer.Serialize(checkpoint, CheckpointJsonContext.Default.SeedCheckpoint));
    }

    public void Delete()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private string PathOf(int seed) => Path.Combine(_folder, $"seed-{seed}.json");

    // Deterministic builds give a module the same version id exactly when its code is the same.
    private static string Fingerprint(string slug, RunSetting setting)
    {
        var text = new StringBuilder(slug).Append('\n').Append(setting.Mode).Append('\n');
        foreach (var type in new[] { typeof(SeedCheckpoints), typeof(Seed), typeof(ReproductionDeclaration) })
            text.Append(type.Module.ModuleVersionId).Append('\n');
        foreach (var (name, value) in setting.Parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal))
            text.Append(name).Append('=').Append(value).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
