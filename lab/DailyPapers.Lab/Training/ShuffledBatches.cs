namespace DailyPapers.Lab.Training;

/// <summary>Minibatches of a set of examples, shuffled anew for every pass; what is left over at the end of a pass is skipped.</summary>
public sealed class ShuffledBatches
{
    private readonly long[] _examples;
    private readonly Random _random;
    private int _next;

    /// <summary>Batches of <paramref name="size"/> out of <paramref name="examples"/>, which are copied.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer examples than a batch holds.</exception>
    public ShuffledBatches(ReadOnlySpan<long> examples, int size, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, examples.Length);
        _examples = examples.ToArray();
        _random = seed.ToRandom();
        Size = size;
        _next = _examples.Length;
    }

    /// <summary>Batches of <paramref name="size"/> out of the examples 0 to <paramref name="examples"/> - 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer examples than a batch holds.</exception>
    public ShuffledBatches(int examples, int size, Seed seed)
        : this([.. Enumerable.Range(0, examples).Select(example => (long)example)], size, seed)
    {
    }

    /// <summary>How many examples a batch holds.</summary>
    public int Size { get; }

    /// <summary>Fills <paramref name="batch"/>, as long as a batch, with the examples of the next one.</summary>
    public void Next(Span<long> batch)
    {
        if (batch.Length != Size)
            throw new ArgumentException($"A batch holds {Size} examples, not {batch.Length}.", nameof(batch));
        if (_next + Size > _examples.Length)
        {
            _random.Shuffle(_examples);
            _next = 0;
        }
        _examples.AsSpan(_next, Size).CopyTo(batch);
        _next += Size;
    }
}
