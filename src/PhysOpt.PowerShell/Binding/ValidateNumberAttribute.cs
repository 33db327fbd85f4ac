using System.Globalization;
using System.Management.Automation;

namespace PhysOpt.PowerShell.Binding;

/// <summary>Accepts finite numbers above zero.</summary>
public sealed class ValidatePositiveAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        var value = Convert.ToDouble(arguments, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value) || value <= 0)
            throw new ValidationMetadataException(string.Create(CultureInfo.InvariantCulture,
                $"{value} is not a positive finite number. Give one such as 0.01."));
    }
}

/// <summary>Accepts numbers from zero on; NaN is none, infinity is.</summary>
public sealed class ValidateNonNegativeAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        var value = Convert.ToDouble(arguments, CultureInfo.InvariantCulture);
        if (double.IsNaN(value) || value < 0)
            throw new ValidationMetadataException(string.Create(CultureInfo.InvariantCulture,
                $"{value} is not allowed: it must be 0 or more."));
    }
}

/// <summary>Accepts numbers from 0 to below 1.</summary>
public sealed class ValidateFractionAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        var value = Convert.ToDouble(arguments, CultureInfo.InvariantCulture);
        if (value is not (>= 0 and < 1))
            throw new ValidationMetadataException(string.Create(CultureInfo.InvariantCulture,
                $"{value} is not allowed: it must be from 0 to below 1, such as 0.9."));
    }
}
