using CsCheck;
using DailyPapers.Search.Indexing;
using Lucene.Net.Store;

namespace DailyPapers.Tests.Search.Indexing;

public sealed class MappedDirectoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("mapped-");
    private readonly MappedDirectory _mapped;
    private readonly SimpleFSDirectory _plain;

    public MappedDirectoryTests()
    {
        _mapped = new MappedDirectory(_folder);
        _plain = new SimpleFSDirectory(_folder, NoLockFactory.GetNoLockFactory());
    }

    public void Dispose()
    {
        _mapped.Dispose();
        _plain.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Whatever_was_written_is_read_as_Lucene_reads_it() => Gen.Select(Gen.Int[0, 5], Gen.Long).Array[0, 200].Sample(
        values =>
        {
            Write(values);
            using var mapped = _mapped.OpenInput("file", IOContext.READ);
            using var plain = _plain.OpenInput("file", IOContext.READ);
            Assert.Equal(plain.Length, mapped.Length);
            foreach (var (kind, _) in values)
            {
                Assert.Equal(Read(plain, kind), Read(mapped, kind));
                Assert.Equal(plain.Position, mapped.Position);
            }
            Assert.Throws<EndOfStreamException>(() => mapped.ReadByte());
        },
        iter: 100, threads: 1);

    [Fact]
    public void A_copy_moves_alone_and_a_slice_knows_its_bounds()
    {
        Write([.. Enumerable.Range(0, 100).Select(i => (0, (long)i))]);
        using var input = _mapped.OpenInput("file", IOContext.READ);
        input.Seek(10);
        using var copy = (IndexInput)input.Clone();
        Assert.Equal((10L, (byte)10), (copy.Position, copy.ReadByte()));
        copy.Seek(50);
        Assert.Equal(10, input.ReadByte());

        using var slicer = _mapped.CreateSlicer("file", IOContext.READ);
        using var slice = slicer.OpenSlice("part", 20, 5);
        Assert.Equal((5L, (byte)20), (slice.Length, slice.ReadByte()));
        slice.Seek(5);
        Assert.Throws<EndOfStreamException>(() => slice.ReadByte());
        Assert.Throws<EndOfStreamException>(() => slice.Seek(6));
        Assert.Throws<EndOfStreamException>(() => slicer.OpenSlice("too long", 96, 5));
        slice.Seek(2);
        Assert.Throws<EndOfStreamException>(() => slice.ReadInt32());
        Assert.Throws<EndOfStreamException>(() => slice.ReadBytes(new byte[10], 0, 4));
    }

    [Fact]
    public void What_is_open_is_read_after_the_file_is_gone_and_the_directory_closed()
    {
        Write([(0, 42)]);
        var input = _mapped.OpenInput("file", IOContext.READ);
        using var copy = (IndexInput)input.Clone();
        input.Dispose();
        _mapped.DeleteFile("file");
        _mapped.Dispose();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(42, copy.ReadByte());
        Assert.Throws<ObjectDisposedException>(() => _mapped.OpenInput("file", IOContext.READ));
    }

    [Fact]
    public void A_number_without_end_is_a_damaged_file()
    {
        Write([.. Enumerable.Repeat((0, 255L), 20)]);
        using var input = _mapped.OpenInput("file", IOContext.READ);
        Assert.Throws<InvalidDataException>(() => input.ReadVInt32());
        Assert.Throws<InvalidDataException>(() => input.ReadVInt64());
        Assert.ThrowsAny<FileNotFoundException>(() => _mapped.OpenInput("missing", IOContext.READ));
    }

    private void Write((int Kind, long Value)[] values)
    {
        using var output = _plain.CreateOutput("file", IOContext.DEFAULT);
        foreach (var (kind, value) in values)
        {
            switch (kind)
            {
                case 0:
                    output.WriteByte((byte)value);
                    break;
                case 1:
                    output.WriteInt16((short)value);
                    break;
                case 2:
                    output.WriteInt32((int)value);
                    break;
                case 3:
                    output.WriteInt64(value);
                    break;
                case 4:
                    output.WriteVInt32((int)value);
                    break;
                default:
                    output.WriteVInt64(value & long.MaxValue);
                    break;
            }
        }
    }

    private static long Read(IndexInput input, int kind) => kind switch
    {
        0 => input.ReadByte(),
        1 => input.ReadInt16(),
        2 => input.ReadInt32(),
        3 => input.ReadInt64(),
        4 => input.ReadVInt32(),
        _ => input.ReadVInt64(),
    };
}
