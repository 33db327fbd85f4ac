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

/// <summary>Accepts numbers from a lowest to a highest, both included; NaN is none.</summary>
/// <param name="lowest">The lowest.</param>
/// <param name="highest">The highest; infinity where there is none.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateBetweenAttribute(double lowest, double highest) : ValidateArgumentsAttribute
{
    /// <summary>The lowest number.</summary>
    public double Lowest => lowest;

    /// <summary>The highest number.</summary>
    public double Highest => highest;

    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        var value = Convert.ToDouble(arguments, CultureInfo.InvariantCulture);
        if (value >= lowest && value <= highest) return;
        throw new ValidationMetadataException(string.Create(CultureInfo.InvariantCulture,
            $"{value} is not allowed: it must be {(double.IsFinite(highest) ? $"from {lowest} to {highest}" : $"{lowest} or more")}."));
    }
}
