using TorchSharp;

namespace DailyPapers.Lab;

/// <summary>The only source of randomness in the lab: a seed, from which independent named streams are derived.</summary>
/// <remarks>
/// A stream's state is the SplitMix64 mix of its parent's state and the FNV-1a hash of its name, so streams don't depend on the
/// order in which they are drawn, and adding one changes no other.
/// </remarks>
public readonly record struct Seed
{
    private readonly ulong _state;

    /// <summary>The seed that a declaration lists.</summary>
    public Seed(int value)
    {
        Value = value;
        _state = Mix((ulong)(uint)value);
    }

    private Seed(int value, ulong state)
    {
        Value = value;
        _state = state;
    }

    /// <summary>The declared seed that this stream belongs to.</summary>
    public int Value { get; }

    /// <summary>An independent stream of its own (<c>seed.Stream("data")</c>).</summary>
    public Seed Stream(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var hash = 14695981039346656037UL;
        foreach (var letter in name)
            hash = (hash ^ letter) * 1099511628211UL;
        return new(Value, Mix(_state ^ hash));
    }

    /// <summary>A generator of .NET pseudo-random numbers at the start of this stream.</summary>
    public Random ToRandom() => new((int)(_state >> 33));

    /// <summary>A TorchSharp generator on the CPU at the start of this stream; pass it to <c>randn</c> and its kin.</summary>
    public torch.Generator ToGenerator() => new(_state, torch.CPU);

    /// <summary>Seeds TorchSharp's global generator, for code that takes none (module initialisation, dropout).</summary>
    public void SeedTorch() => torch.manual_seed((long)(_state >> 1));

    private static ulong Mix(ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
        state = (state ^ (state >> 27)) * 0x94D049BB133111EBUL;
        return state ^ (state >> 31);
    }
}
