using System.Globalization;
using System.Management.Automation;

namespace PhysOpt.PowerShell.Binding;

/// <summary>
/// Takes a duration as a TimeSpan, as a text such as 00:01:30, or as a number of seconds (which PowerShell alone would take for ticks or
/// days).
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = Numbers.Unwrap(inputData);
        var duration = value switch
        {
            TimeSpan span => span,
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) => Seconds(seconds),
            string text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) => span,
            IConvertible number and not string => Seconds(number.ToDouble(CultureInfo.InvariantCulture)),
            _ => throw Refused(value),
        };
        return duration > TimeSpan.Zero && duration.TotalMilliseconds < int.MaxValue ? duration : throw Refused(value);

        TimeSpan Seconds(double seconds) => seconds is > 0 and < 1e9 ? TimeSpan.FromSeconds(seconds) : throw Refused(value);
    }

    static ArgumentTransformationMetadataException Refused(object? value) => new(string.Create(
        CultureInfo.InvariantCulture,
            $"'{value}' is not a duration above zero and below 24 days. Give seconds, such as 2.5, or a TimeSpan such as 00:01:30."));
}
