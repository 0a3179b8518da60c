using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.Serialization;

/// <summary>The element types of the safetensors format.</summary>
internal static class SafetensorsType
{
    private static readonly (string Name, ScalarType Type, int Bytes)[] _types =
    [
        ("F64", ScalarType.Float64, 8), ("F32", ScalarType.Float32, 4), ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8), ("I32", ScalarType.Int32, 4), ("I16", ScalarType.Int16, 2), ("I8", ScalarType.Int8, 1),
        ("U8", ScalarType.Byte, 1), ("BOOL", ScalarType.Bool, 1),
    ];

    internal static string Name(ScalarType type, string tensor) => Find(type, tensor).Name;

    internal static long Bytes(ScalarType type, string tensor) => Find(type, tensor).Bytes;

    internal static ScalarType Parse(string name)
    {
        foreach (var type in _types)
        {
            if (type.Name == name)
                return type.Type;
        }
        throw new FormatException($"element type {name} is not known");
    }

    private static (string Name, ScalarType Type, int Bytes) Find(ScalarType type, string tensor)
    {
        foreach (var candidate in _types)
        {
            if (candidate.Type == type)
                return candidate;
        }
        throw new ArgumentException($"'{tensor}' has elements of {type}, which safetensors has no name for.", nameof(type));
    }
}
