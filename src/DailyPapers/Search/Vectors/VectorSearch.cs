using System.Numerics;
using System.Runtime.Intrinsics.X86;

namespace DailyPapers.Search.Vectors;

/// <summary>
/// One search of one state. Codes are compared first, 1 bit a component; the rows nearest by them are scored again from
/// their vectors. Where that would score every row, all are scored at once.
/// </summary>
internal sealed unsafe class VectorSearch(
    VectorState state, VectorQuery query, int count, RowSet? allowed, CancellationToken cancellationToken)
{
    // Fewer rows than this are searched sooner than a second thread begins.
    private const int LeastRowsPerThread = 131_072;
    private const int WordsPerChunk = VectorShape.RowsPerChunk / 64;
    private const int PrefetchAhead = 8;

    private static readonly KernelPath Path = KernelPaths.Best;

    public IReadOnlyList<VectorHit> Run(bool exact)
    {
        var depth = SearchDepth.For(state.Rows, count);
        var findable = allowed is null ? state.Count : Math.Min(allowed.Count, state.Count);
        var parts = Math.Clamp(state.Rows / LeastRowsPerThread, 1, Environment.ProcessorCount);
        return exact || findable <= 2 * depth ? ScoreAll(findable, parts) : ScoreNearest(depth, parts);
    }

    /// <summary>The cosine between a row and the query.</summary>
    public static float Score(VectorState state, VectorQuery query, int row)
    {
        ref readonly var chunk = ref state.Chunks[row / VectorShape.RowsPerChunk];
        fixed (short* components = query.Components)
            return Score(chunk, row % VectorShape.RowsPerChunk, query, Dot(chunk, row % VectorShape.RowsPerChunk, components, query));
    }

    private VectorHit[] ScoreAll(int findable, int parts)
    {
        if (findable <= LeastRowsPerThread)
            parts = 1;
        return Merge(InParts(parts, (first, end) =>
        {
            var top = new TopHits(count);
            fixed (short* components = query.Components)
            {
                for (var word = first; word < end; word++)
                {
                    if (word % WordsPerChunk == 0)
                        cancellationToken.ThrowIfCancellationRequested();
                    for (var bits = Findable(word); bits != 0; bits &= bits - 1)
                    {
                        var row = (64 * word) + BitOperations.TrailingZeroCount(bits);
                        AddIfBetter(top, components, row);
                    }
                }
            }
            return top;
        }));
    }

    private VectorHit[] ScoreNearest(int depth, int parts)
    {
        var nearest = InParts(parts, (first, end) =>
        {
            var candidates = new Candidates(depth, state.Files.Shape.LargestDistance);
            Scan(candidates, first, end);
            return candidates;
        });
        try
        {
            var furthest = Candidates.FurthestOf(nearest, depth);
            return Merge(InParts(parts, part => Rescore(nearest[part], furthest)));
        }
        finally
        {
            foreach (var candidates in nearest)
                candidates.Dispose();
        }
    }

    private void Scan(Candidates candidates, int firstWord, int endWord)
    {
        const int WordsPerStep = 16;
        var shape = state.Files.Shape;
        var distances = stackalloc ushort[WordsPerStep * 64];
        fixed (byte* tables = query.Tables)
        {
            for (var word = firstWord; word < endWord; word += WordsPerStep)
            {
                if (word % WordsPerChunk == 0)
                    cancellationToken.ThrowIfCancellationRequested();
                var end = Math.Min(word + WordsPerStep, endWord);
                if (allowed is not null && IsEmpty(word, end))
                    continue;
                var (chunk, inChunk) = Math.DivRem(word, WordsPerChunk);
                var codes = state.Chunks[chunk].Codes + ((long)inChunk * shape.GroupBytes);
                CodeKernel.Distances(Path, codes, tables, shape.CodeBytes, end - word, distances);
                for (var i = word; i < end; i++)
                    candidates.Add(64 * i, distances + (64 * (i - word)), Findable(i));
            }
        }
    }

    private TopHits Rescore(Candidates candidates, int furthest)
    {
        var top = new TopHits(count);
        var rows = candidates.Within(furthest);
        var stride = state.Files.Shape.Stride;
        fixed (short* components = query.Components)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                if (i % VectorShape.RowsPerChunk == 0)
                    cancellationToken.ThrowIfCancellationRequested();
                if (Sse.IsSupported && i + PrefetchAhead < rows.Length)
                    Prefetch(rows[i + PrefetchAhead], stride);
                AddIfBetter(top, components, rows[i]);
            }
        }
        return top;
    }

    private void Prefetch(int row, int stride)
    {
        var (chunk, inChunk) = Math.DivRem(row, VectorShape.RowsPerChunk);
        var vector = state.Chunks[chunk].Vectors + ((long)inChunk * stride);
        for (var i = 0; i < stride; i += 64)
            Sse.Prefetch0(vector + i);
    }

    private ulong Findable(int word) => allowed is null ? state.Live(word) : state.Live(word) & allowed.Word(word);

    private bool IsEmpty(int word, int end)
    {
        for (; word < end; word++)
        {
            if (allowed!.Word(word) != 0)
                return false;
        }
        return true;
    }

    private T[] InParts<T>(int parts, Func<int, int, T> search)
    {
        var words = (state.Rows + 63) / 64;
        var chunksPerPart = (VectorShape.ChunksFor(state.Rows) + parts - 1) / parts;
        return InParts(parts, part => search(
            Math.Min(words, part * chunksPerPart * WordsPerChunk), Math.Min(words, (part + 1) * chunksPerPart * WordsPerChunk)));
    }

    private static T[] InParts<T>(int parts, Func<int, T> search)
    {
        if (parts == 1)
            return [search(0)];
        var results = new T[parts];
        Parallel.For(0, parts, part => results[part] = search(part));
        return results;
    }

    private static VectorHit[] Merge(TopHits[] parts)
    {
        foreach (var part in parts.AsSpan(1))
            parts[0].Add(part);
        return parts[0].Take();
    }

    // The last bits are read where they may decide; they are far apart in memory, and most rows are far from deciding.
    private void AddIfBetter(TopHits top, short* components, int row)
    {
        var inChunk = row % VectorShape.RowsPerChunk;
        ref readonly var chunk = ref state.Chunks[row / VectorShape.RowsPerChunk];
        var dot = Dot(chunk, inChunk, components, query);
        if (!top.Excludes((dot + query.LargestSumOfLastBits) * (query.Scale * chunk.Scales[inChunk])))
            top.Add(chunk.PaperIds[inChunk], Score(chunk, inChunk, query, dot));
    }

    // The dot product as far as the first eight bits go.
    private static int Dot(in VectorChunk chunk, int inChunk, short* components, VectorQuery query)
    {
        var stride = query.Components.Length;
        return 2 * DotKernel.Dot(Path, components, chunk.Vectors + ((long)inChunk * stride), stride);
    }

    private static float Score(in VectorChunk chunk, int inChunk, VectorQuery query, int dot)
    {
        var sums = query.LastBitSums;
        var bits = chunk.LastBits + ((long)inChunk * (sums.Length / 32));
        for (var i = 0; i < sums.Length; i += 32, bits++)
            dot += sums[i + (*bits & 0x0F)] + sums[i + 16 + (*bits >> 4)];
        return dot * (query.Scale * chunk.Scales[inChunk]);
    }
}
