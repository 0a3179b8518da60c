namespace DailyPapers.Tests.Search;

/// <summary>What a disk, a crash or a hand may do to a file.</summary>
public enum Damage
{
    /// <summary>One bit is another.</summary>
    Flip,

    /// <summary>The file ends early.</summary>
    Cut,

    /// <summary>What a power failure leaves of a block that never reached the disk.</summary>
    Blank,

    /// <summary>The file is gone.</summary>
    Lose,
}

/// <summary>Does it.</summary>
internal static class Damages
{
    private const int BlockBytes = 512;

    /// <summary>Damages a file at a share of its length; returns the position, and whether the content is another than before.</summary>
    public static (long Position, bool IsChanged) Apply(this Damage damage, string file, double place)
    {
        if (damage is Damage.Lose)
        {
            File.Delete(file);
            return (0, true);
        }
        var bytes = File.ReadAllBytes(file);
        if (bytes.Length == 0)
            return (0, false);
        var position = (int)(place * bytes.Length);
        var before = (byte[])bytes.Clone();
        switch (damage)
        {
            case Damage.Flip:
                bytes[position] ^= (byte)(1 << (position % 8));
                break;
            case Damage.Cut:
                bytes = bytes[..position];
                break;
            default:
                bytes.AsSpan(position, Math.Min(BlockBytes, bytes.Length - position)).Clear();
                break;
        }
        File.WriteAllBytes(file, bytes);
        return (position, !before.AsSpan().SequenceEqual(bytes));
    }
}
