using System.Globalization;
using DailyPapers.Lab.Systems;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Systems;

public sealed class FreedMemoryTests
{
    [Fact]
    public void Memory_that_was_freed_serves_the_next_tensor_without_page_faults()
    {
        if (!FreedMemory.Keep())
            Assert.Skip("The C library is not glibc.");
        long Faults()
        {
            // The eighth field after the name in brackets: minor faults of this process.
            var fields = File.ReadAllText("/proc/self/stat").Split(") ")[1].Split(' ');
            return long.Parse(fields[7], CultureInfo.InvariantCulture);
        }
        const int pages = 4096;
        void Fill(int times)
        {
            for (var i = 0; i < times; i++)
                ones(pages * 1024).Dispose();
        }
        // The heap grows a few times before the blocks fit.
        Fill(20);
        var before = Faults();
        Fill(10);
        // Fresh memory would fault for every one of its pages, ten times.
        Assert.InRange(Faults() - before, 0, pages);
    }
}
