using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.Serialization;

/// <summary>
/// A module's parameters and buffers to and from safetensors files, under the names of its state dictionary without the
/// underscores that C# fields begin with: <c>blocks.0.attention.output.weight</c>.
/// </summary>
public static class ModuleWeights
{
    /// <summary>Writes all parameters and persistent buffers.</summary>
    public static void SaveSafetensors(this nn.Module module, string path, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        SafetensorsFile.Write(path, Named(module), metadata);
    }

    /// <summary>Copies the tensors of a file into the module, converted to its types and devices. On an error nothing is changed.</summary>
    /// <param name="module">The module.</param>
    /// <param name="path">A safetensors file.</param>
    /// <param name="strict">Whether the file must have exactly the module's names; else what is missing stays as it is.</param>
    /// <param name="rename">From a name in the file to the module's, for files of other tools; null leaves names as they are.</param>
    /// <exception cref="InvalidDataException">The file is damaged, a name is missing or unknown, or a shape differs: "weight: expected (10, 64), got (10, 32)".</exception>
    public static void LoadSafetensors(this nn.Module module, string path, bool strict = true, Func<string, string>? rename = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        using var scope = NewDisposeScope();
        var stored = SafetensorsFile.Read(path).ToDictionary(entry => rename?.Invoke(entry.Key) ?? entry.Key, entry => entry.Value);
        var own = Named(module);
        if (strict)
            RequireSameNames(own, stored, path);
        foreach (var (name, tensor) in stored)
        {
            if (own.TryGetValue(name, out var target))
                RequireSameShape(name, target, tensor, path);
        }
        using var frozen = no_grad();
        foreach (var (name, tensor) in stored)
        {
            if (own.TryGetValue(name, out var target))
                target.copy_(tensor);
        }
    }

    private static Dictionary<string, Tensor> Named(nn.Module module) => module.state_dict().ToDictionary(
        entry => string.Join('.', entry.Key.Split('.').Select(part => part.TrimStart('_'))), entry => entry.Value);

    private static void RequireSameNames(Dictionary<string, Tensor> own, Dictionary<string, Tensor> stored, string path)
    {
        string[] missing = [.. own.Keys.Where(name => !stored.ContainsKey(name)).Order(StringComparer.Ordinal)];
        string[] unknown = [.. stored.Keys.Where(name => !own.ContainsKey(name)).Order(StringComparer.Ordinal)];
        if (missing.Length + unknown.Length > 0)
            throw new InvalidDataException($"'{path}' doesn't fit the module: missing [{string.Join(", ", missing)}], unknown [{string.Join(", ", unknown)}]. Load it with strict: false to take what fits.");
    }

    private static void RequireSameShape(string name, Tensor target, Tensor tensor, string path)
    {
        if (!target.shape.AsSpan().SequenceEqual(tensor.shape))
            throw new InvalidDataException($"'{path}': {name}: expected ({string.Join(", ", target.shape)}), got ({string.Join(", ", tensor.shape)})");
    }
}
