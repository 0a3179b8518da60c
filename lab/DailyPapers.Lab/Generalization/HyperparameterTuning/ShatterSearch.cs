namespace DailyPapers.Lab.Generalization.HyperparameterTuning;

/// <summary>
/// The largest set of tasks that hyperparameters shatter, by exhaustive search over subsets and thresholds. Its size is a lower
/// bound on the pseudo-dimension of any class whose tasks include the given ones.
/// </summary>
/// <remarks>
/// Between two neighbouring break points no dual changes, so one hyperparameter for each such cell suffices. Subsets of a
/// shattered set are shattered, which makes the depth-first search exhaustive although it abandons every set that is not.
/// </remarks>
public sealed class ShatterSearch
{
    private readonly int _cells;
    private readonly List<(double Threshold, bool[] Above)>[] _candidates;
    private readonly List<(int Task, double Threshold)> _chosen = [];
    private (int Task, double Threshold)[] _best = [];

    private ShatterSearch(IReadOnlyList<PiecewiseConstant> duals)
    {
        var places = duals.SelectMany(dual => dual.BreakPoints).Distinct().Order().ToArray();
        double[] probes = [duals[0].Minimum, .. places];
        _cells = probes.Length;
        _candidates = [.. duals.Select(dual => Candidates(dual, [.. probes.Select(dual.At)]))];
    }

    /// <summary>The largest shattered set; the first in order of search among equally large ones.</summary>
    /// <param name="duals">The tasks' dual functions, on one interval.</param>
    /// <exception cref="ArgumentException">There are none, or one lives on another interval.</exception>
    public static ShatteredSet LargestShattered(IReadOnlyList<PiecewiseConstant> duals)
    {
        ArgumentNullException.ThrowIfNull(duals);
        if (duals.Count == 0 || duals.Any(dual => dual.Minimum != duals[0].Minimum || dual.Maximum != duals[0].Maximum))
            throw new ArgumentException("A search needs at least one dual function, and all on one interval.", nameof(duals));
        var search = new ShatterSearch(duals);
        search.Extend(0, new int[search._cells]);
        return new([.. search._best.Select(pick => pick.Task)], [.. search._best.Select(pick => pick.Threshold)]);
    }

    private static List<(double Threshold, bool[] Above)> Candidates(PiecewiseConstant dual, double[] cells)
    {
        var levels = dual.Values.Distinct().Order().ToArray();
        return [.. levels.Skip(1).Select(level => (level, cells.Select(value => value >= level).ToArray()))];
    }

    // #region search
    // patterns[c] has bit i set where dual i of the chosen ones is at or above its threshold in cell c.
    private void Extend(int first, int[] patterns)
    {
        if (_chosen.Count > _best.Length)
            _best = [.. _chosen];
        var counts = new int[1 << (_chosen.Count + 1)];
        var extended = new int[_cells];
        for (var task = first; task < _candidates.Length; task++)
        {
            if (_chosen.Count + _candidates.Length - task <= _best.Length)
                return;
            foreach (var (threshold, above) in _candidates[task])
            {
                Array.Clear(counts);
                for (var cell = 0; cell < _cells; cell++)
                {
                    extended[cell] = patterns[cell] | (above[cell] ? 1 << _chosen.Count : 0);
                    counts[extended[cell]]++;
                }
                // To beat the best, each further task must split every class of cells in two.
                if (counts.Min() < 1 << Math.Max(0, _best.Length - _chosen.Count))
                    continue;
                _chosen.Add((task, threshold));
                Extend(task + 1, extended);
                _chosen.RemoveAt(_chosen.Count - 1);
            }
        }
    }
    // #endregion search
}
