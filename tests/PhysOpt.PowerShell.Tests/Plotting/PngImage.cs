using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace PhysOpt.PowerShell.Tests.Plotting;

/// <summary>A PNG file with 8 bits per channel, read by the format's description (ISO/IEC 15948) and not by what wrote it.</summary>
internal sealed class PngImage
{
    static readonly byte[] Signature = [137, 80, 78, 71, 13, 10, 26, 10];

    readonly byte[] pixels;
    readonly int channels;

    PngImage(int width, int height, int channels, byte[] pixels) =>
        (Width, Height, this.channels, this.pixels) = (width, height, channels, pixels);

    public int Width { get; }

    public int Height { get; }

    /// <summary>The colour of a pixel, "#RRGGBB".</summary>
    public string this[int x, int y]
    {
        get
        {
            var at = (y * Width + x) * channels;
            return $"#{pixels[at]:X2}{pixels[at + 1]:X2}{pixels[at + 2]:X2}";
        }
    }

    /// <summary>How many pixels have a colour, anywhere or within a part of the picture.</summary>
    public int Count(string colour, Func<int, int, bool>? where = null) => Enumerable.Range(0, Width * Height)
        .Count(i => this[i % Width, i / Width] == colour && where?.Invoke(i % Width, i / Width) != false);

    public static PngImage Read(string path)
    {
        var file = File.ReadAllBytes(path);
        Assert.Equal(Signature, file[..8]);
        var (width, height, channels) = (0, 0, 0);
        using var data = new MemoryStream();
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var kind = Encoding.ASCII.GetString(file, at + 4, 4);
            var body = file.AsSpan(at + 8, length);
            if (kind == "IHDR")
            {
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(body), BinaryPrimitives.ReadInt32BigEndian(body[4..]));
                Assert.Equal((8, 0), (body[8], body[12])); // bits, not interlaced
                channels = body[9] switch { 2 => 3, 6 => 4, var other => throw new NotSupportedException($"colour type {other}") };
            }
            else if (kind == "IDAT") data.Write(body);
            at += length + 12;
        }

        data.Position = 0;
        using var inflated = new ZLibStream(data, CompressionMode.Decompress);
        var pixels = new byte[width * height * channels];
        var (line, above) = (new byte[width * channels], new byte[width * channels]);
        for (var y = 0; y < height; y++)
        {
            var filter = inflated.ReadByte();
            inflated.ReadExactly(line);
            for (var i = 0; i < line.Length; i++)
            {
                int left = i >= channels ? line[i - channels] : 0, up = above[i], corner = i >= channels ? above[i - channels] : 0;
                line[i] += (byte)(filter switch
                {
                    0 => 0,
                    1 => left,
                    2 => up,
                    3 => (left + up) / 2,
                    4 => Paeth(left, up, corner),
                    _ =>
                    throw new InvalidDataException()
                });
            }

            line.CopyTo(pixels, y * line.Length);
            (line, above) = (above, line);
        }

        return new(width, height, channels, pixels);
    }

    static int Paeth(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        var (a, b, c) = (int.Abs(estimate - left), int.Abs(estimate - up), int.Abs(estimate - corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }
}
