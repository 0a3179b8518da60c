using static TorchSharp.torch;

namespace DailyPapers.Lab.Training.FewShot;

/// <summary>One-shot tasks: a few classes, one support and one query example of each.</summary>
/// <param name="Support">Examples to adapt to, (T, ways), int64; the class of column k is k within its task.</param>
/// <param name="Query">Examples to predict, (T, ways), int64, other than the support's.</param>
public sealed record FewShotTasks(Tensor Support, Tensor Query)
{
    /// <summary>Draws tasks from a pool in which class c has the examples c·m to c·m + m − 1.</summary>
    /// <param name="firstClass">The first class allowed.</param>
    /// <param name="classes">How many classes are allowed, at least <paramref name="ways"/>.</param>
    /// <param name="examplesPerClass">m ≥ 2.</param>
    /// <param name="ways">Classes of a task, at least 2.</param>
    /// <param name="tasks">T ≥ 1.</param>
    /// <param name="random">Source of the draw.</param>
    public static FewShotTasks Draw(int firstClass, int classes, int examplesPerClass, int ways, int tasks, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstClass);
        ArgumentOutOfRangeException.ThrowIfLessThan(ways, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, ways);
        ArgumentOutOfRangeException.ThrowIfLessThan(examplesPerClass, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        ArgumentNullException.ThrowIfNull(random);
        var order = Enumerable.Range(firstClass, classes).ToArray();
        var (support, query) = (new long[tasks * ways], new long[tasks * ways]);
        for (var task = 0; task < tasks; task++)
            for (var way = 0; way < ways; way++)
            {
                // The first steps of a Fisher-Yates shuffle draw classes without repetition.
                var other = random.Next(way, classes);
                (order[way], order[other]) = (order[other], order[way]);
                var first = random.Next(examplesPerClass);
                var second = random.Next(examplesPerClass - 1);
                support[task * ways + way] = (long)order[way] * examplesPerClass + first;
                query[task * ways + way] = (long)order[way] * examplesPerClass + second + (second >= first ? 1 : 0);
            }
        return new(tensor(support, tasks, ways), tensor(query, tasks, ways));
    }
}
