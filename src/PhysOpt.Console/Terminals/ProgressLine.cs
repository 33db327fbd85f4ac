using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace PhysOpt.Hosting.Terminals;

/// <summary>Progress as a single line that is redrawn in place, a few times a second at most, and erased at the end.</summary>
internal sealed class ProgressLine
{
    const string EraseLine = "\r\u001b[K";
    const int BarWidth = 20;
    static readonly TimeSpan MinimumInterval = TimeSpan.FromMilliseconds(200);

    (long Source, int Activity)? shown;
    long drawnAt = long.MinValue;

    public void Show(long source, ProgressRecord record, int columns, TextWriter output)
    {
        var now = Environment.TickCount64;
        if (record.RecordType == ProgressRecordType.Completed)
        {
            if (shown == (source, record.ActivityId))
                Erase(output);
            return;
        }
        if (drawnAt != long.MinValue && now - drawnAt < MinimumInterval.TotalMilliseconds)
            return;
        // the last column stays free: a full line would wrap and could not be erased
        output.Write(EraseLine + Fit(Describe(record), columns - 1));
        shown = (source, record.ActivityId);
        drawnAt = now;
    }

    public void Erase(TextWriter output)
    {
        if (shown is null)
            return;
        output.Write(EraseLine);
        shown = null;
    }

    internal static string Describe(ProgressRecord record)
    {
        var text = new StringBuilder(record.Activity);
        if (record.PercentComplete >= 0)
        {
            var filled = int.Min(record.PercentComplete, 100) * BarWidth / 100;
            text.Append(" [").Append('=', filled).Append(' ', BarWidth - filled).Append(CultureInfo.CurrentCulture, $"] {record.PercentComplete}%");
        }
        if (!string.IsNullOrEmpty(record.StatusDescription))
            text.Append(' ').Append(record.StatusDescription);
        if (!string.IsNullOrEmpty(record.CurrentOperation))
            text.Append(" - ").Append(record.CurrentOperation);
        if (record.SecondsRemaining >= 0)
            text.Append(CultureInfo.CurrentCulture, $" ({TimeSpan.FromSeconds(record.SecondsRemaining):c} left)");
        return text.ToString();
    }

    static string Fit(string text, int columns)
    {
        var fitted = new StringBuilder();
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += CellWidth.Of(rune);
            if (width > columns)
                break;
            if (!Rune.IsControl(rune))
                fitted.Append(rune);
        }
        return fitted.ToString();
    }
}
