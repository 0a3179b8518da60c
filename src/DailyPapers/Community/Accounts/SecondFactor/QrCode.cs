using System.Globalization;
using System.Text;

namespace DailyPapers.Community.Accounts.SecondFactor;

/// <summary>
/// A QR code (ISO/IEC 18004) of up to 213 bytes of text, in byte mode with error correction level M: what an authenticator's
/// address needs, drawn by the server so that its secret goes to nobody else.
/// </summary>
public sealed class QrCode
{
    private const int LargestVersion = 10;
    private const int QuietZone = 4;

    // By version, from 1; level M.
    private static readonly int[] CorrectionBytesPerBlock = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26];
    private static readonly int[] Blocks = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5];

    private readonly int _version;
    private readonly bool[,] _dark;
    private readonly bool[,] _fixed;

    private QrCode(int version)
    {
        _version = version;
        Size = version * 4 + 17;
        _dark = new bool[Size, Size];
        _fixed = new bool[Size, Size];
    }

    /// <summary>Modules on each side.</summary>
    public int Size { get; }

    /// <summary>Whether the module in a column and row is dark.</summary>
    public bool IsDark(int x, int y) => _dark[y, x];

    /// <summary>The code of a text.</summary>
    /// <exception cref="ArgumentException">The text has more than 213 bytes.</exception>
    public static QrCode Of(string text)
    {
        var data = Encoding.UTF8.GetBytes(text);
        var version = Enumerable.Range(1, LargestVersion).FirstOrDefault(v => HeaderBits(v) + data.Length * 8 <= DataBytes(v) * 8);
        if (version == 0)
            throw new ArgumentException($"The text has {data.Length} bytes; at most {DataBytes(LargestVersion) - 3} fit.", nameof(text));
        var code = new QrCode(version);
        code.DrawFixedPatterns();
        code.DrawData(code.WithCorrection(Encode(data, version)));
        code.DrawBestMask();
        return code;
    }

    /// <summary>The outline of the dark modules as the <c>d</c> of an SVG path, a module to a unit, with the quiet zone around it.</summary>
    public string Path()
    {
        var path = new StringBuilder();
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                if (IsDark(x, y))
                    path.Append(CultureInfo.InvariantCulture, $"M{x + QuietZone} {y + QuietZone}h1v1h-1z");
            }
        }
        return path.ToString();
    }

    /// <summary>Units on each side of <see cref="Path"/>, the quiet zone included.</summary>
    public int PathSize => Size + 2 * QuietZone;

    private static int HeaderBits(int version) => 4 + (version < 10 ? 8 : 16);

    private static int RawBytes(int version)
    {
        var modules = (16 * version + 128) * version + 64;
        if (version >= 2)
        {
            var alignments = version / 7 + 2;
            modules -= (25 * alignments - 10) * alignments - 55;
            if (version >= 7)
                modules -= 36;
        }
        return modules / 8;
    }

    private static int DataBytes(int version) => RawBytes(version) - CorrectionBytesPerBlock[version - 1] * Blocks[version - 1];

    private static byte[] Encode(byte[] data, int version)
    {
        var bits = new List<bool>();
        Append(0b0100, 4);
        Append(data.Length, version < 10 ? 8 : 16);
        foreach (var value in data)
            Append(value, 8);
        var capacity = DataBytes(version) * 8;
        Append(0, Math.Min(4, capacity - bits.Count));
        Append(0, (8 - bits.Count % 8) % 8);
        for (var pad = 0xEC; bits.Count < capacity; pad ^= 0xEC ^ 0x11)
            Append(pad, 8);
        var bytes = new byte[bits.Count / 8];
        for (var i = 0; i < bits.Count; i++)
            bytes[i >> 3] |= (byte)((bits[i] ? 1 : 0) << (7 - (i & 7)));
        return bytes;

        void Append(int value, int length)
        {
            for (var i = length - 1; i >= 0; i--)
                bits.Add(((value >> i) & 1) != 0);
        }
    }

    /// <summary>Splits the data into blocks, adds Reed-Solomon bytes to each and interleaves them.</summary>
    private byte[] WithCorrection(byte[] data)
    {
        var (blocks, correction, raw) = (Blocks[_version - 1], CorrectionBytesPerBlock[_version - 1], RawBytes(_version));
        var shortBlocks = blocks - raw % blocks;
        var shortLength = raw / blocks - correction;
        var divisor = Divisor(correction);
        var parts = new List<(byte[] Data, byte[] Correction)>();
        for (var (i, at) = (0, 0); i < blocks; i++)
        {
            var part = data.AsSpan(at, shortLength + (i < shortBlocks ? 0 : 1)).ToArray();
            at += part.Length;
            parts.Add((part, Remainder(part, divisor)));
        }
        var result = new List<byte>(raw);
        for (var i = 0; i <= shortLength; i++)
            result.AddRange(parts.Where(part => i < part.Data.Length).Select(part => part.Data[i]));
        for (var i = 0; i < correction; i++)
            result.AddRange(parts.Select(part => part.Correction[i]));
        return [.. result];
    }

    private static byte[] Divisor(int degree)
    {
        var result = new byte[degree];
        result[^1] = 1;
        byte root = 1;
        for (var i = 0; i < degree; i++)
        {
            for (var j = 0; j < degree; j++)
                result[j] = (byte)(Multiply(result[j], root) ^ (j + 1 < degree ? result[j + 1] : 0));
            root = Multiply(root, 2);
        }
        return result;
    }

    private static byte[] Remainder(byte[] data, byte[] divisor)
    {
        var result = new byte[divisor.Length];
        foreach (var value in data)
        {
            var factor = (byte)(value ^ result[0]);
            Array.Copy(result, 1, result, 0, result.Length - 1);
            result[^1] = 0;
            for (var i = 0; i < result.Length; i++)
                result[i] ^= Multiply(divisor[i], factor);
        }
        return result;
    }

    // In the field of 256 elements modulo x^8 + x^4 + x^3 + x^2 + 1.
    private static byte Multiply(byte x, byte y)
    {
        var z = 0;
        for (var i = 7; i >= 0; i--)
        {
            z = (z << 1) ^ ((z >> 7) * 0x11D);
            z ^= ((y >> i) & 1) * x;
        }
        return (byte)z;
    }

    private void Set(int x, int y, bool dark) => (_dark[y, x], _fixed[y, x]) = (dark, true);

    private void DrawFixedPatterns()
    {
        for (var i = 0; i < Size; i++)
        {
            Set(6, i, i % 2 == 0);
            Set(i, 6, i % 2 == 0);
        }
        DrawFinder(3, 3);
        DrawFinder(Size - 4, 3);
        DrawFinder(3, Size - 4);
        var positions = AlignmentPositions();
        foreach (var (i, x) in positions.Index())
        {
            foreach (var (j, y) in positions.Index())
            {
                var atFinder = (i == 0 && j == 0) || (i == 0 && j == positions.Count - 1) || (i == positions.Count - 1 && j == 0);
                if (!atFinder)
                    DrawAlignment(x, y);
            }
        }
        DrawFormat(mask: 0);
        DrawVersion();
    }

    private List<int> AlignmentPositions()
    {
        if (_version == 1)
            return [];
        var count = _version / 7 + 2;
        var step = (_version * 8 + count * 3 + 5) / (count * 4 - 4) * 2;
        return [6, .. Enumerable.Range(0, count - 1).Select(i => Size - 7 - i * step).Reverse()];
    }

    private void DrawFinder(int x, int y)
    {
        for (var dy = -4; dy <= 4; dy++)
        {
            for (var dx = -4; dx <= 4; dx++)
            {
                var distance = Math.Max(Math.Abs(dx), Math.Abs(dy));
                if (x + dx >= 0 && x + dx < Size && y + dy >= 0 && y + dy < Size)
                    Set(x + dx, y + dy, distance is not (2 or 4));
            }
        }
    }

    private void DrawAlignment(int x, int y)
    {
        for (var dy = -2; dy <= 2; dy++)
        {
            for (var dx = -2; dx <= 2; dx++)
                Set(x + dx, y + dy, Math.Max(Math.Abs(dx), Math.Abs(dy)) != 1);
        }
    }

    private void DrawFormat(int mask)
    {
        // Level M has the number 0.
        var remainder = mask;
        for (var i = 0; i < 10; i++)
            remainder = (remainder << 1) ^ ((remainder >> 9) * 0x537);
        var bits = ((mask << 10) | remainder) ^ 0x5412;
        for (var i = 0; i <= 5; i++)
            Set(8, i, Bit(bits, i));
        Set(8, 7, Bit(bits, 6));
        Set(8, 8, Bit(bits, 7));
        Set(7, 8, Bit(bits, 8));
        for (var i = 9; i < 15; i++)
            Set(14 - i, 8, Bit(bits, i));
        for (var i = 0; i < 8; i++)
            Set(Size - 1 - i, 8, Bit(bits, i));
        for (var i = 8; i < 15; i++)
            Set(8, Size - 15 + i, Bit(bits, i));
        Set(8, Size - 8, dark: true);
    }

    private void DrawVersion()
    {
        if (_version < 7)
            return;
        var remainder = _version;
        for (var i = 0; i < 12; i++)
            remainder = (remainder << 1) ^ ((remainder >> 11) * 0x1F25);
        var bits = (_version << 12) | remainder;
        for (var i = 0; i < 18; i++)
        {
            Set(Size - 11 + i % 3, i / 3, Bit(bits, i));
            Set(i / 3, Size - 11 + i % 3, Bit(bits, i));
        }
    }

    private void DrawData(byte[] data)
    {
        var at = 0;
        for (var right = Size - 1; right >= 1; right -= 2)
        {
            if (right == 6)
                right = 5;
            for (var vertical = 0; vertical < Size; vertical++)
            {
                for (var j = 0; j < 2; j++)
                {
                    var x = right - j;
                    var y = ((right + 1) & 2) == 0 ? Size - 1 - vertical : vertical;
                    if (_fixed[y, x] || at >= data.Length * 8)
                        continue;
                    _dark[y, x] = Bit(data[at >> 3], 7 - (at & 7));
                    at++;
                }
            }
        }
    }

    private void DrawBestMask()
    {
        var best = Enumerable.Range(0, 8).MinBy(mask =>
        {
            Apply(mask);
            DrawFormat(mask);
            var penalty = Penalty();
            Apply(mask);
            return penalty;
        });
        Apply(best);
        DrawFormat(best);
    }

    private void Apply(int mask)
    {
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                var flips = mask switch
                {
                    0 => (x + y) % 2 == 0,
                    1 => y % 2 == 0,
                    2 => x % 3 == 0,
                    3 => (x + y) % 3 == 0,
                    4 => (x / 3 + y / 2) % 2 == 0,
                    5 => x * y % 2 + x * y % 3 == 0,
                    6 => (x * y % 2 + x * y % 3) % 2 == 0,
                    _ => ((x + y) % 2 + x * y % 3) % 2 == 0,
                };
                _dark[y, x] ^= flips && !_fixed[y, x];
            }
        }
    }

    /// <summary>How hard the code would be to read: runs, blocks, patterns like the finders', imbalance.</summary>
    private int Penalty()
    {
        var penalty = 0;
        for (var i = 0; i < Size; i++)
            penalty += LinePenalty(j => _dark[i, j]) + LinePenalty(j => _dark[j, i]);
        var dark = 0;
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                dark += _dark[y, x] ? 1 : 0;
                if (x + 1 < Size && y + 1 < Size && _dark[y, x] == _dark[y, x + 1] && _dark[y, x] == _dark[y + 1, x] && _dark[y, x] == _dark[y + 1, x + 1])
                    penalty += 3;
            }
        }
        return penalty + Math.Abs(dark * 20 - Size * Size * 10) / (Size * Size) * 10;
    }

    private int LinePenalty(Func<int, bool> at)
    {
        var (penalty, run, window) = (0, 0, 0);
        for (var i = 0; i < Size; i++)
        {
            run = i > 0 && at(i) == at(i - 1) ? run + 1 : 1;
            penalty += run == 5 ? 3 : run > 5 ? 1 : 0;
            window = ((window << 1) | (at(i) ? 1 : 0)) & 0x7FF;
            if (i >= 10 && window is 0b10111010000 or 0b00001011101)
                penalty += 40;
        }
        return penalty;
    }

    private static bool Bit(int value, int index) => ((value >> index) & 1) != 0;
}
