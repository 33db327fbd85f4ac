using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace PhysOpt.Plotting;

/// <summary>Makes the text in an SVG of Skia's what readers of SVG expect.</summary>
/// <remarks>
/// Skia sets white space around a text and a comma after the last of its places, which strict readers refuse; and it names one font,
/// without what to take where that is missing.
/// </remarks>
internal static class SvgText
{
    static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>The same picture in UTF-8, with a title for those who cannot see it.</summary>
    internal static byte[] Tidied(string svg, string title)
    {
        var document = XDocument.Parse(svg);
        var root = document.Root!;
        foreach (var text in root.Descendants(Svg + "text"))
        {
            text.Value = text.Value.Trim();
            foreach (var name in new[] { "x", "y" })
            {
                if (text.Attribute(name) is { } places) places.Value = places.Value.TrimEnd(' ', ',');
            }

            if (text.Attribute("font-family") is { } family) family.Value = $"{family.Value}, Verdana, sans-serif";
        }

        if (root.Attribute("width") is { } width && root.Attribute("height") is { } height)
            root.SetAttributeValue("viewBox", $"0 0 {width.Value} {height.Value}");
        root.SetAttributeValue("role", "img");
        if (title.Length > 0) root.AddFirst(new XElement(Svg + "title", title));

        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes,
            new()
            {
                Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                Indent = true,
                IndentChars = " ",
                NewLineChars = "\n"
            }))
            document.Save(writer);
        return bytes.ToArray();
    }
}
