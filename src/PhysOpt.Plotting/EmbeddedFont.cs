using ScottPlot;
using SkiaSharp;

namespace PhysOpt.Plotting;

/// <summary>
/// The font that comes with the module, so that pictures have text, and the same text, on machines with any fonts and with none.
/// </summary>
internal sealed class EmbeddedFont : IFontResolver
{
    const string Family = "DejaVu Sans";

    static readonly Lazy<SKTypeface> Typeface = new(() =>
    {
        using var stream = typeof(EmbeddedFont).Assembly.GetManifestResourceStream("DejaVuSans.ttf");
        return SKTypeface.FromStream(stream);
    });

    static EmbeddedFont() => ScottPlot.Fonts.FontResolvers.Insert(0, new EmbeddedFont());

    /// <summary>
    /// The family to write a text in: the embedded one, unless it lacks a character and a font of the machine has them all.
    /// </summary>
    internal static string For(string text)
    {
        if (Has(Typeface.Value)) return Family;
        var found = ScottPlot.Fonts.Detect(text);
        return Has(ScottPlot.Fonts.GetTypeface(found, bold: false, italic: false)) ? found : Family;

        bool Has(SKTypeface typeface) => text.EnumerateRunes().All(rune => typeface.ContainsGlyph(rune.Value));
    }

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Family ? Typeface.Value : null;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Family ? Typeface.Value : null;
}
