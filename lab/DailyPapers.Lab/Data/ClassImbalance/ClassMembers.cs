namespace DailyPapers.Lab.Data.ClassImbalance;

/// <summary>The examples of each class, from which parts with given class sizes are drawn.</summary>
public sealed class ClassMembers
{
    private readonly long[][] _members;

    /// <summary>Sorts examples by class.</summary>
    /// <param name="labels">The class of every example of the data set, from 0.</param>
    /// <param name="examples">The examples that count, as indices of <paramref name="labels"/>; all of them when null.</param>
    /// <param name="classes">Number of classes.</param>
    public ClassMembers(ReadOnlySpan<byte> labels, IReadOnlyList<long>? examples, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        var members = Enumerable.Range(0, classes).Select(_ => new List<long>()).ToArray();
        var count = examples?.Count ?? labels.Length;
        for (var i = 0; i < count; i++)
        {
            var example = examples?[i] ?? i;
            var label = labels[(int)example];
            if (label >= classes)
                throw new ArgumentException($"Example {example} is of class {label}; there are {classes}.", nameof(labels));
            members[label].Add(example);
        }
        _members = [.. members.Select(list => list.ToArray())];
    }

    /// <summary>Examples of each class.</summary>
    public IReadOnlyList<int> Counts => [.. _members.Select(examples => examples.Length)];

    /// <summary>Each class's share of the examples, their prior probability.</summary>
    public IReadOnlyList<double> Priors
    {
        get
        {
            var total = _members.Sum(examples => (double)examples.Length);
            return [.. _members.Select(examples => examples.Length / total)];
        }
    }

    // #region draw
    /// <summary>
    /// As many examples of each class as asked for. Up to a class's size no example occurs twice; beyond it all occur equally often, but for
    /// a rest that is drawn.
    /// </summary>
    /// <param name="counts">Examples of each class.</param>
    /// <param name="seed">The stream of the draw; each class has its own, so that a smaller part lies inside a larger one.</param>
    public long[] Draw(IReadOnlyList<int> counts, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.Count != _members.Length)
            throw new ArgumentException($"Expected the sizes of {_members.Length} classes, not of {counts.Count}.", nameof(counts));
        var drawn = new List<long>();
        for (var k = 0; k < counts.Count; k++)
        {
            if (counts[k] > 0 && _members[k].Length == 0)
                throw new ArgumentException($"Class {k} has no example to draw.", nameof(counts));
            var order = _members[k].ToArray();
            seed.Stream($"class {k}").ToRandom().Shuffle(order);
            for (var i = 0; i < counts[k]; i++)
                drawn.Add(order[i % order.Length]);
        }
        return [.. drawn];
    }
    // #endregion draw
}
