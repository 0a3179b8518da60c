namespace DailyPapers.Lab.Data.ClickThroughRate;

/// <summary>
/// Numbers for the values of every field, fitted on training records only. Number 0 stands for what is out of vocabulary: values too rare in training, and those
/// that it never saw.
/// </summary>
public sealed class ClickVocabulary
{
    private readonly Dictionary<string, int>[] _ids;

    private ClickVocabulary(IReadOnlyList<string> fields, Dictionary<string, int>[] ids) => (Fields, _ids) = (fields, ids);

    /// <summary>The names of the fields.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>How many numbers each field has, 0 included; an embedding's cardinalities.</summary>
    public IReadOnlyList<int> Cardinalities => [.. _ids.Select(ids => ids.Count + 1)];

    /// <summary>Counts the values of a file's records, one record in memory at a time, and numbers those that are frequent enough, most frequent first.</summary>
    /// <param name="format">The file's format.</param>
    /// <param name="trainingPath">The training part.</param>
    /// <param name="minimum">How often a value must occur to have a number.</param>
    public static ClickVocabulary Fit(IClickFormat format, string trainingPath, int minimum = 1)
    {
        ArgumentNullException.ThrowIfNull(format);
        return Fit(format.Fields, format.Read(trainingPath), minimum);
    }

    /// <summary>The same from records.</summary>
    public static ClickVocabulary Fit(IReadOnlyList<string> fields, IEnumerable<ClickRecord> training, int minimum = 1)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentOutOfRangeException.ThrowIfLessThan(minimum, 1);
        var counts = fields.Select(_ => new Dictionary<string, int>(StringComparer.Ordinal)).ToArray();
        foreach (var record in training)
        {
            Require(fields, record);
            for (var field = 0; field < counts.Length; field++)
                counts[field][record.Values[field]] = counts[field].GetValueOrDefault(record.Values[field]) + 1;
        }
        return new(fields, [.. counts.Select(Numbered)]);

        // Ties by the value itself, so that the order of records doesn't matter.
        Dictionary<string, int> Numbered(Dictionary<string, int> seen) => seen
            .Where(value => value.Value >= minimum)
            .OrderByDescending(value => value.Value).ThenBy(value => value.Key, StringComparer.Ordinal)
            .Select((value, index) => (value.Key, Id: index + 1))
            .ToDictionary(value => value.Key, value => value.Id, StringComparer.Ordinal);
    }

    /// <summary>The number of a value; 0 when it is out of vocabulary.</summary>
    public int Id(int field, string value) => _ids[field].GetValueOrDefault(value);

    /// <summary>Records as numbers, part by part, so that a file may be larger than the memory.</summary>
    /// <param name="records">What a format reads.</param>
    /// <param name="partSize">Records in a part; the last may have fewer.</param>
    public IEnumerable<ClickData> Encode(IEnumerable<ClickRecord> records, int partSize = 1 << 20)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentOutOfRangeException.ThrowIfLessThan(partSize, 1);
        return Parts();

        IEnumerable<ClickData> Parts()
        {
            foreach (var part in records.Chunk(partSize))
            {
                var ids = new int[part.Length * Fields.Count];
                var clicked = new bool[part.Length];
                for (var row = 0; row < part.Length; row++)
                {
                    Require(Fields, part[row]);
                    clicked[row] = part[row].Clicked;
                    for (var field = 0; field < Fields.Count; field++)
                        ids[row * Fields.Count + field] = Id(field, part[row].Values[field]);
                }
                yield return new(Cardinalities, ids, clicked);
            }
        }
    }

    private static void Require(IReadOnlyList<string> fields, ClickRecord record)
    {
        if (record.Values.Count != fields.Count)
            throw new ArgumentException($"A record has {record.Values.Count} values; there are {fields.Count} fields.", nameof(record));
    }
}
