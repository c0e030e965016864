"""The terms of use of the data, as far as they are known, and remarks about it."""

OSCE_COPYRIGHT = "https://www.osce.org/copyright"
OSCE_TERMS = (
    "Texts and pictures belong to the OSCE. As far as its copyright policy is known: personal or"
    " educational use with credit to the OSCE, any other use with its written permission."
)
GEONAMES_TERMS = "Places and coordinates: GeoNames, CC BY 4.0, cut down and amended."
KOSOVO = (
    "Kosovo has the user-assigned code XK, listed outside the participating States. This implies"
    " no position on status; references to Kosovo are to be read in line with UNSCR 1244."
)
PERSONAL = (
    "The contacts are names, numbers and addresses of press officers, which are personal data."
)
SAMPLE = "A sample: it proves nothing about what else exists."
